import { forgetOldMinutes } from "@/domain/fleet/metrics";
import type { Ground } from "@/domain/kernel";
import { startLoop } from "@/platform/loop";

const everyMs = 60 * 60_000;
const logDays = 7;
const dayMs = 86_400_000;
/** The contract of `Idempotency-Key`: a repeat is recognised for a day. */
const idempotencyDays = 1;

/**
 * Makes the partitions of the coming days; drops log days older than a week, minutes of metrics
 * older than eight days, answers to idempotency keys older than
 * a day and sessions that are over. Run it under the lease `retain`.
 */
export function startRetention(ground: Ground) {
  return startLoop({
    name: "retain",
    everyMs,
    clock: ground.clock,
    log: ground.log,
    run: async (signal) => {
      const now = ground.clock.now();
      const before = new Date(now.getTime() - logDays * dayMs);
      await ground.db.sql`select mc_ensure_partitions(${now.toISOString()}::timestamptz)`;
      const [row] = await ground.db.sql<{ dropped: number }[]>`
        select mc_drop_log_partitions(${before.toISOString()}::timestamptz) as dropped`;
      const forgotten = new Date(now.getTime() - idempotencyDays * dayMs);
      await ground.db
        .sql`delete from idempotency_keys where created_at < ${forgotten.toISOString()}::timestamptz`;
      await ground.db.sql`delete from sessions where expires_at < ${now.toISOString()}::timestamptz`;
      await forgetOldMinutes(ground, signal);
      if (row?.dropped) ground.log.info({ dropped: row.dropped }, "Old days of log lines were dropped.");
    },
  });
}
