import type { Ground } from "@/domain/kernel";
import { type LagLimits, sendDuePings, usualLimits } from "@/domain/watch/dead-man";
import { type Loop, startLoop } from "@/platform/loop";
import type { Out } from "@/platform/out";

const tickMs = 1_000;

/**
 * Says to a service outside that we watch, as long as whole turns of evaluating and delivering go well. Run it under
 * the lease `ping`: of all instances one says it.
 */
export function startDeadManPing(
  ground: Ground,
  out: Out,
  limits: LagLimits = usualLimits,
): Pick<Loop, "stop"> {
  return startLoop({
    name: "ping",
    everyMs: tickMs,
    clock: ground.clock,
    log: ground.log,
    run: async () => {
      await sendDuePings(ground, out, limits);
    },
  });
}
