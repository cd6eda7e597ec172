import type { DeadMan, PingResult } from "@/contracts/watch/dead-man";
import { type Ctx, demand } from "@/domain/kernel";
import { type WatchLags, watchLags } from "../turns";
import { deadManKey, defaultDeadMan, lastKey, readSetting, type StoredDeadMan } from "./stored";
import { type LagLimits, usualLimits, whyHeld } from "./why-held";

/** How the dead-man ping is set up and how the last one went. Never the address itself. */
export async function showDeadMan(
  ctx: Ctx,
  limits: LagLimits = usualLimits,
  lags?: WatchLags,
): Promise<DeadMan> {
  demand(ctx, "board:read");
  const { orm } = ctx.db;
  const kept = (await readSetting<StoredDeadMan>(orm, ctx.account, deadManKey)) ?? defaultDeadMan;
  const held = kept.enabled ? whyHeld(lags ?? (await watchLags(ctx.db.sql, ctx.clock.now())), limits) : null;
  return { ...kept, last: await readSetting<PingResult>(orm, ctx.account, lastKey), held };
}
