import type { Ground } from "@/domain/kernel";
import { startLoop } from "@/platform/loop";

const everyMs = 60 * 60_000;
const logDays = 7;
const dayMs = 86_400_000;

/** Makes the partitions of the coming days and drops log days older than a week; run it under the lease `retain`. */
export function startRetention(ground: Ground) {
  return startLoop({
    name: "retain",
    everyMs,
    clock: ground.clock,
    log: ground.log,
    run: async () => {
      const now = ground.clock.now();
      const before = new Date(now.getTime() - logDays * dayMs);
      await ground.db.sql`select mc_ensure_partitions(${now.toISOString()}::timestamptz)`;
      const [row] = await ground.db.sql<{ dropped: number }[]>`
        select mc_drop_log_partitions(${before.toISOString()}::timestamptz) as dropped`;
      if (row?.dropped) ground.log.info({ dropped: row.dropped }, "Old days of log lines were dropped.");
    },
  });
}
