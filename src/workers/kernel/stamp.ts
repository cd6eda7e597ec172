import type { Ground } from "@/domain/kernel";
import { stampBatchSize, stampFacts } from "@/domain/kernel/stamp-facts";
import { startLoop } from "@/platform/loop";

/** Worst delay of a fact whose nudge was lost. */
const tickMs = 250;

/** The one stamper: moves facts into the log and publishes them, in order. Run it under the lease `stamp`. */
export function startStamper(ground: Ground) {
  const loop = startLoop({
    name: "stamp",
    everyMs: tickMs,
    clock: ground.clock,
    log: ground.log,
    run: async (signal) => {
      while (!signal.aborted) {
        const facts = await stampFacts(ground);
        if (facts.length > 0) ground.bus.publish("facts", facts);
        if (facts.length < stampBatchSize) return;
      }
    },
  });
  const stopListening = ground.bus.subscribe("nudge.facts", () => loop.nudge());
  return {
    stop: async () => {
      stopListening();
      await loop.stop();
    },
  };
}
