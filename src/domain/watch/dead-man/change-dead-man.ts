import { and, eq } from "drizzle-orm";
import type { ChangeDeadMan, DeadMan } from "@/contracts/watch/dead-man";
import { settings } from "@/db/schema";
import { type Ctx, demand, invalid, transact } from "@/domain/kernel";
import type { Out } from "@/platform/out";
import { maskedAddress } from "../channels/config";
import { refuseAddress } from "../channels/refuse-unreachable";
import { showDeadMan } from "./show-dead-man";
import {
  deadManKey,
  defaultDeadMan,
  readSetting,
  type StoredDeadMan,
  sealUrl,
  urlKey,
  writeSetting,
} from "./stored";
import type { LagLimits } from "./why-held";

/**
 * Changes where and how often we say that we watch. Throws invalid when it is switched on without an address, or with
 * one that nothing is sent to.
 */
export async function changeDeadMan(
  ctx: Ctx,
  out: Pick<Out, "refusal">,
  change: ChangeDeadMan,
  limits?: LagLimits,
): Promise<DeadMan> {
  demand(ctx, "settings:manage");
  if (change.url) refuseAddress(out, change.url, "url");
  await transact(ctx, async ({ tx, record }) => {
    const before = (await readSetting<StoredDeadMan>(tx, ctx.account, deadManKey)) ?? defaultDeadMan;
    const target =
      change.url === undefined ? before.target : change.url === null ? null : maskedAddress(change.url);
    const enabled = change.enabled ?? (target === null ? false : change.url ? true : before.enabled);
    if (enabled && target === null) {
      throw invalid("Give the address that pings go to before switching them on.", {
        url: ["is missing"],
      });
    }
    const after = { enabled, periodMs: change.periodMs ?? before.periodMs, target };
    const now = ctx.clock.now();
    if (change.url) await writeSetting(tx, ctx.account, urlKey, sealUrl(ctx.sealer, change.url), now);
    if (change.url === null) {
      await tx.delete(settings).where(and(eq(settings.accountId, ctx.account), eq(settings.key, urlKey)));
    }
    if (!change.url && JSON.stringify(after) === JSON.stringify(before)) return;
    await writeSetting(tx, ctx.account, deadManKey, after, now);
    record({
      kind: "setting.changed",
      target: { kind: "setting", id: deadManKey, name: "Dead-man ping" },
      before,
      after,
    });
  });
  return showDeadMan(ctx, limits);
}
