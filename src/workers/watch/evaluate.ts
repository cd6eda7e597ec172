import { type Ground, readFacts, systemCtx } from "@/domain/kernel";
import { evaluateFacts, rulesCursorSeq } from "@/domain/watch/alerts";
import { type Loop, startLoop } from "@/platform/loop";

/** Worst delay of a fact whose message on the bus was lost. */
const tickMs = 1_000;
const batchSize = 1_000;

/** The one evaluator: judges facts by the rules, from its durable cursor on. Run it under the lease `rules`. */
export function startEvaluator(ground: Ground): Pick<Loop, "stop"> {
  const loop = startLoop({
    name: "rules",
    everyMs: tickMs,
    clock: ground.clock,
    log: ground.log,
    run: (signal) => evaluateAll(ground, signal),
  });
  const stopListening = ground.bus.subscribe("facts", () => loop.nudge());
  return {
    stop: async () => {
      stopListening();
      await loop.stop();
    },
  };
}

/** Goes on to the end of the log. Neighbouring facts of one account are judged together. */
async function evaluateAll(ground: Ground, signal: AbortSignal): Promise<void> {
  let seq = await rulesCursorSeq(ground);
  while (!signal.aborted) {
    const facts = await readFacts(ground.db, seq, batchSize);
    const account = facts[0]?.account;
    if (!account) return;
    const other = facts.findIndex((fact) => fact.account !== account);
    const own = other < 0 ? facts : facts.slice(0, other);
    seq = await evaluateFacts(systemCtx(ground, account), own);
    if (own.length < batchSize && own.length === facts.length && seq >= (facts[facts.length - 1]?.seq ?? 0))
      return;
  }
}
