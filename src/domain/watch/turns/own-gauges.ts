import { statfs } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Ground } from "@/domain/kernel";
import { startLoop } from "@/platform/loop";
import { gauge } from "@/platform/metrics";
import { writeTurn } from "./keep-turn";

const everyMs = 10_000;
const resolutionMs = 20;
/** Rows of instances that are gone. */
const forgottenAfterMs = 3_600_000;

export const loopGauge = "loop:";
export const diskGauge = "disk:";

/**
 * What this process measures of itself, left where rules about Mission Control find it, whichever instance judges:
 * the event loop's lag (99th of a hundred, ms) and how full the disk of the data folder is (per cent). Runs on every
 * instance; `dataDir` null: the database lies elsewhere and its disk is not seen from here.
 */
export function startOwnGauges(
  ground: Ground,
  { instanceId, dataDir }: { instanceId: string; dataDir: string | null },
) {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const lag = gauge(
    "mc_event_loop_lag_p99_seconds",
    "99th percentile of the event loop's lag in the last 10 s.",
  );
  const disk = gauge("mc_data_disk_used_ratio", "How full the disk of the data folder is, 0 to 1.");
  const loop = startLoop({
    name: "own-gauges",
    everyMs,
    clock: ground.clock,
    log: ground.log,
    run: async () => {
      const lagMs = Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
      delay.reset();
      lag.set(lagMs / 1_000);
      const now = ground.clock.now();
      await writeTurn(ground.db, `${loopGauge}${instanceId}`, now, { lagMs, backlog: 0 });
      const used = dataDir === null ? null : await usedPercent(dataDir);
      if (used !== null) {
        disk.set(used / 100);
        await writeTurn(ground.db, `${diskGauge}${instanceId}`, now, { lagMs: used, backlog: 0 });
      }
      const before = new Date(now.getTime() - forgottenAfterMs).toISOString();
      await ground.db.sql`
        delete from watch_turns where (name like ${`${loopGauge}%`} or name like ${`${diskGauge}%`})
          and at < ${before}::timestamptz`;
    },
  });
  return {
    async stop() {
      await loop.stop();
      delay.disable();
    },
  };
}

/** As `df` counts it: of what may be used. */
async function usedPercent(folder: string): Promise<number | null> {
  try {
    const { blocks, bfree, bavail } = await statfs(folder);
    const used = blocks - bfree;
    return used + bavail > 0 ? (used / (used + bavail)) * 100 : null;
  } catch {
    return null;
  }
}
