import { type Ground, readFacts, systemCtx } from "@/domain/kernel";
import { concernsRules, evaluateFacts, passRulesCursor, rulesCursorSeq } from "@/domain/watch/alerts";
import { type Loop, startLoop } from "@/platform/loop";

/** Worst delay of a fact whose message on the bus was lost. */
const tickMs = 1_000;
const batchSize = 1_000;

/**
 * The one evaluator: judges facts by the rules, from its durable cursor on. Run it under the lease `rules`. Most facts
 * mean nothing to any rule; those are passed as the bus brings them, without asking the database, and the cursor
 * follows once a tick: reading them again after a crash changes nothing.
 */
export function startEvaluator(ground: Ground): Pick<Loop, "stop"> {
  let readSeq: number | null = null;
  let savedSeq = 0;
  let reading = false;

  const loop = startLoop({
    name: "rules",
    everyMs: tickMs,
    clock: ground.clock,
    log: ground.log,
    run: async (signal) => {
      reading = true;
      try {
        if (readSeq === null) readSeq = savedSeq = await rulesCursorSeq(ground);
        readSeq = await evaluateFrom(ground, readSeq, signal);
        if (readSeq > savedSeq) await passRulesCursor(ground, readSeq);
        savedSeq = readSeq;
      } finally {
        reading = false;
      }
    },
  });
  const stopListening = ground.bus.subscribe("facts", (facts) => {
    const last = facts.at(-1);
    const follows = !reading && readSeq !== null && facts[0]?.seq === readSeq + 1;
    if (last && follows && !facts.some(concernsRules)) readSeq = last.seq;
    else loop.nudge();
  });
  return {
    stop: async () => {
      stopListening();
      await loop.stop();
    },
  };
}

/** Goes on to the end of the log and answers it. Neighbouring facts of one account are judged together. */
async function evaluateFrom(ground: Ground, fromSeq: number, signal: AbortSignal): Promise<number> {
  let seq = fromSeq;
  while (!signal.aborted) {
    const facts = await readFacts(ground.db, seq, batchSize);
    const [first] = facts;
    const last = facts.at(-1);
    if (!first || !last) return seq;
    const other = facts.findIndex((fact) => fact.account !== first.account);
    const own = other < 0 ? facts : facts.slice(0, other);
    if (own.some(concernsRules)) seq = await evaluateFacts(systemCtx(ground, first.account), own);
    else seq = own.at(-1)?.seq ?? seq;
    if (facts.length < batchSize && seq >= last.seq) return seq;
  }
  return seq;
}
