import type { Ground } from "@/domain/kernel";
import {
  Deliverer,
  type DelivererOptions,
  type Outside,
  outboxTurn,
  passClockStep,
} from "@/domain/watch/notifications";
import { keepTurns } from "@/domain/watch/turns";
import { watchClockSteps } from "@/platform/clock-steps";
import { type Loop, startLoop } from "@/platform/loop";

/** Worst delay of a message whose nudge was lost, and the grain of the waits between tries. */
const tickMs = 1_000;

/**
 * Sends what the outbox holds. Run it under the lease `deliver`; two at once do no harm, since claims keep them
 * apart. `stop` begins nothing new and waits for the answers that are due.
 */
export function startDeliverer(
  ground: Ground,
  outside: Outside,
  options: Omit<DelivererOptions, "onRoom"> = {},
): Pick<Loop, "stop"> {
  const deliverer: Deliverer = new Deliverer(ground, outside, { ...options, onRoom: () => loop.nudge() });
  const turns = watchTurns(ground);
  const steps = watchClockSteps(ground.clock);
  const loop: Loop = startLoop({
    name: "deliver",
    everyMs: tickMs,
    clock: ground.clock,
    log: ground.log,
    run: async () => {
      await steps.follow((stepMs) => passClockStep(ground, stepMs));
      await deliverer.round();
      await turns.look();
    },
  });
  const stopListening = ground.bus.subscribe("nudge.notifications", () => loop.nudge());
  return {
    stop: async () => {
      stopListening();
      await loop.stop();
      await deliverer.idle();
    },
  };
}

/** Once a second at most: how far behind the outbox is. */
function watchTurns(ground: Ground) {
  const keep = keepTurns(ground, "deliver");
  let lookedMs = Number.NEGATIVE_INFINITY;
  return {
    async look() {
      const nowMs = ground.clock.monotonicMs();
      if (nowMs - lookedMs < tickMs) return;
      lookedMs = nowMs;
      await keep(await outboxTurn(ground));
    },
  };
}
