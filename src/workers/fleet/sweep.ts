import type { AgentDoor } from "@/domain/fleet/presence/door";
import { Sweep, type SweepOptions } from "@/domain/fleet/presence/sweep";
import { moveDeadlines } from "@/domain/fleet/presence/sweep-rows";
import type { Ground } from "@/domain/kernel";
import { watchClockSteps } from "@/platform/clock-steps";
import { startLoop } from "@/platform/loop";

/** Silence is told at most this long after it reached its threshold. */
const tickMs = 250;

/**
 * The one sweeper; run it under the lease `sweep`. Make it once per process and start it at each gain: it then knows
 * whether it was itself who watched last.
 */
export function createSweeper(ground: Ground, door: AgentDoor, options: SweepOptions = {}) {
  const sweep = new Sweep(ground, door.live, door.pace, options);
  return {
    start() {
      let begun = false;
      const steps = watchClockSteps(ground.clock);
      const loop = startLoop({
        name: "sweep",
        everyMs: tickMs,
        clock: ground.clock,
        log: ground.log,
        run: async (signal) => {
          await steps.follow((stepMs) => moveDeadlines(ground.db, stepMs));
          const blindness = await (begun ? sweep.look(signal) : sweep.begin());
          begun = true;
          if (blindness) ground.log.warn({ blindness }, "Nobody watched the fleet for a while.");
        },
      });
      return { stop: () => loop.stop() };
    },
  };
}
