import { endLateCommands } from "@/domain/fleet/commands";
import type { Ground } from "@/domain/kernel";
import { startLoop } from "@/platform/loop";

/** A command ends at most so long after its deadline. */
const tickMs = 500;

/** Ends commands whose time is over: as expired, or as lost. Run it under the lease `expire`. */
export function startExpirer(ground: Ground) {
  return startLoop({
    name: "expire",
    everyMs: tickMs,
    clock: ground.clock,
    log: ground.log,
    run: (signal) => endLateCommands(ground, signal),
  });
}
