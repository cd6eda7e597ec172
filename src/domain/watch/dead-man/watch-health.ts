import { and, asc, eq, gt, gte, isNull, or } from "drizzle-orm";
import type { WatchHealth } from "@/contracts/watch/dead-man";
import { channels } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { refusedLast, undeliveredCounts } from "../channels/find";
import { breaker } from "../notifications/breaker";
import { watchLags } from "../turns";
import { showDeadMan } from "./show-dead-man";
import { type LagLimits, lateOnes, lateParts } from "./why-held";

/**
 * Its breaker has opened and nothing arrived since, or it does not take what it was told last: a webhook that somebody
 * deleted refuses three times and is done, long before a breaker would open.
 */
const failing = (now: Date) =>
  or(gte(channels.failuresInRow, breaker.opensAfter), and(gt(channels.failuresInRow, 0), refusedLast(now)));

/** Whether the watcher itself is well: lags, the outbox, the dead-man ping, channels that don't take their messages. */
export async function watchHealth(ctx: Ctx, limits: LagLimits): Promise<WatchHealth> {
  demand(ctx, "board:read");
  const now = ctx.clock.now();
  const lags = await watchLags(ctx.db.sql, now);
  const { enabled, last, held } = await showDeadMan(ctx, limits, lags);
  const broken = await ctx.db.orm
    .select({ name: channels.name, ...undeliveredCounts(now) })
    .from(channels)
    .where(
      and(
        eq(channels.accountId, ctx.account),
        isNull(channels.deletedAt),
        eq(channels.enabled, true),
        failing(now),
      ),
    )
    .orderBy(asc(channels.name));
  const names = broken.map(({ name }) => name);
  const sum = (count: "waiting" | "givenUp") => broken.reduce((total, channel) => total + channel[count], 0);
  const faults = lateParts(lags, limits);
  if (names.length > 0) faults.push(`Messages don't arrive at ${names.join(", ")}.`);
  if (enabled && last && !last.ok) faults.push("The dead-man ping is not taken by its service.");
  const late = lateOnes(lags, limits);
  return {
    asOf: now.toISOString(),
    evaluation: { ...lags.evaluation, late: late.evaluation },
    delivery: { ...lags.delivery, late: late.delivery },
    deadMan: { enabled, last, held },
    broken: names,
    undelivered: { waiting: sum("waiting"), givenUp: sum("givenUp") },
    faults,
  };
}
