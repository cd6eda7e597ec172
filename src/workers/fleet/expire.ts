import { endLateCommands, passClockStep } from "@/domain/fleet/commands";
import type { Ground } from "@/domain/kernel";
import { watchClockSteps } from "@/platform/clock-steps";
import { startLoop } from "@/platform/loop";

/** A command ends at most so long after its deadline. */
const tickMs = 500;

/** Ends commands whose time is over: as expired, or as lost. Run it under the lease `expire`. */
export function startExpirer(ground: Ground) {
  const steps = watchClockSteps(ground.clock);
  return startLoop({
    name: "expire",
    everyMs: tickMs,
    clock: ground.clock,
    log: ground.log,
    run: async (signal) => {
      await steps.follow((stepMs) => passClockStep(ground, stepMs));
      await endLateCommands(ground, signal);
    },
  });
}
