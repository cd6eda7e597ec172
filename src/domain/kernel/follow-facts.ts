import type { Fact } from "@/contracts/facts";
import type { Ground } from "./ctx";
import { readFacts } from "./read-facts";

/** How often the log is asked although nobody said that it grew: the bus only hints. */
const tickMs = 1_000;
const readSize = 1_000;

/**
 * Hands every fact after `afterSeq` to `onFacts`, in order, without gap or repeat, as long as the process lives.
 * Facts arrive by the bus; when one is missing (a lost message, a bus that was away), the log is read instead.
 * `onFacts` must not throw. Answers a function that stops it.
 */
export function followFacts(
  ground: Pick<Ground, "db" | "bus" | "clock" | "log">,
  afterSeq: number,
  onFacts: (facts: Fact[]) => void,
): () => void {
  let seq = afterSeq;
  let reading = false;
  let again = false;
  let stopped = false;

  const take = (facts: Fact[]) => {
    const fresh = facts.filter((fact) => fact.seq > seq);
    const last = fresh[fresh.length - 1];
    if (!last || stopped) return;
    seq = last.seq;
    onFacts(fresh);
  };

  const catchUp = async () => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      do {
        again = false;
        const facts = await readFacts(ground.db, seq, readSize);
        take(facts);
        if (facts.length === readSize) again = true;
      } while (again && !stopped);
    } catch (error) {
      ground.log.warn({ err: error }, "facts can't be read now; trying again at the next tick");
    } finally {
      reading = false;
    }
  };

  const stopListening = ground.bus.subscribe("facts", (facts) => {
    const first = facts[0];
    if (!first || reading || first.seq > seq + 1) void catchUp();
    else take(facts);
  });
  const stopHealth = ground.bus.onHealth(() => void catchUp());
  const tick = ground.clock.setInterval(() => void catchUp(), tickMs);
  return () => {
    stopped = true;
    stopListening();
    stopHealth();
    tick.cancel();
  };
}
