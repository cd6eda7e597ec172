import { type Ground, readFacts, systemCtx } from "@/domain/kernel";
import {
  blindnessOf,
  evaluateDue,
  evaluateFacts,
  evaluateReader,
  mayMatter,
  passClockStep,
  passRulesCursor,
  pauseBeforeMs,
  pendingGraceMs,
  rulesCursorSeq,
} from "@/domain/watch/alerts";
import { concernsRules } from "@/domain/watch/observe/observe-facts";
import { type TickingReader, tickingReaders } from "@/domain/watch/observe/ticking";
import { keepTurns, sparingCursor } from "@/domain/watch/turns";
import type { Timer } from "@/platform/clock";
import { watchClockSteps } from "@/platform/clock-steps";
import { type Loop, longestBackoffMs, startLoop } from "@/platform/loop";
import { histogram } from "@/platform/metrics";

/** Worst delay of a fact whose message on the bus was lost, and of what is due when a timer was. */
const tickMs = 1_000;
const batchSize = 1_000;
/** Between two looks at the log, while there is always something new in it; what is due may be later by as much. */
const restMs = 50;
/** Nobody evaluated for so long: perhaps nobody watched either, and who did not will say so in a moment. */
const pauseMs = 5_000;

/**
 * The one evaluator: judges facts by the rules, from its durable cursor on, what readers see by the clock, and what
 * time alone moves on, at its moment. Run it under the lease `rules`. Most facts mean nothing to any rule; those are
 * passed as the bus brings them, without asking the database, and the cursor follows once a tick: reading them again
 * after a crash changes nothing.
 */
export function startEvaluator(
  ground: Ground,
  readers: readonly TickingReader[] = tickingReaders,
): Pick<Loop, "stop"> {
  const { clock, log } = ground;
  let readSeq: number | null = null;
  let newestSeq = 0;
  let reading = false;
  let heldUntilMs = Number.NEGATIVE_INFINITY;
  let turnedAtMs = clock.monotonicMs();
  let alarm: Timer | undefined;
  const cursor = sparingCursor(clock, tickMs, (seq) => passRulesCursor(ground, seq));
  const turned = keepTurns(ground, "evaluate");
  const steps = watchClockSteps(clock);
  const tookSeconds = histogram(
    "mc_evaluation_pass_seconds",
    "How long looking by the clock (metrics, log hits, ends, ourselves) and judging it took.",
    ["reader"],
  );

  const loop = startLoop({
    name: "rules",
    everyMs: tickMs,
    restMs,
    clock,
    log,
    run: async (signal) => {
      reading = true;
      try {
        const read = await readOn(signal);
        const late = clock.monotonicMs() < heldUntilMs ? 0 : await moveDue(signal);
        const lagMs = steps.settled() ? Math.max(read.lagMs, late) : 0;
        if (!signal.aborted) await turned({ lagMs, backlog: Math.max(0, newestSeq - read.seq) });
      } finally {
        reading = false;
        turnedAtMs = clock.monotonicMs();
      }
    },
  });

  /**
   * Judges what is new in the log. Should that fail, or take as long as an outage to be answered, the database may have been
   * away, and with it everybody's word.
   */
  async function readOn(signal: AbortSignal): Promise<Read> {
    try {
      if (readSeq === null) await begin();
      await followClock();
      const read = await evaluateFrom(ground, readSeq ?? 0, signal);
      readSeq = read.seq;
      if (read.tookMs > pauseMs || read.answeredAtMs - turnedAtMs > pauseMs + longestBackoffMs) hold();
      if (read.wasBlind) heldUntilMs = Number.NEGATIVE_INFINITY;
      await cursor.follow(readSeq, read.durableSeq);
      return read;
    } catch (error) {
      readSeq = null;
      throw error;
    }
  }

  /**
   * After a pause what is due waits for a grace time: that we were blind is told by another loop, and takes the time
   * in which nobody watched out of the count.
   */
  async function begin(): Promise<void> {
    readSeq = await rulesCursorSeq(ground);
    if ((await pauseBeforeMs(ground)) > pauseMs) hold();
  }

  function hold(): void {
    heldUntilMs = clock.monotonicMs() + pendingGraceMs;
  }

  const followClock = () =>
    steps.follow(async (stepMs) => {
      log.warn({ stepMs }, "The clock was set; what rules wait for goes on as before.");
      await passClockStep(ground, stepMs);
    });

  async function moveDue(signal: AbortSignal): Promise<number> {
    await followClock();
    const { nextAt, lagMs } = await evaluateDue(ground, signal);
    alarm?.cancel();
    const inMs = nextAt ? nextAt.getTime() - clock.nowMs() : Number.POSITIVE_INFINITY;
    // Further away than a tick, the tick finds it in time.
    if (inMs < tickMs && !signal.aborted) alarm = clock.setTimeout(() => loop.nudge(), Math.max(0, inMs));
    return lagMs;
  }

  const stopListening = ground.bus.subscribe("facts", (facts) => {
    const last = facts.at(-1);
    if (last) newestSeq = last.seq;
    const follows = !reading && readSeq !== null && facts[0]?.seq === readSeq + 1;
    if (last && follows && !facts.some(concernsRules)) readSeq = last.seq;
    else loop.nudge();
  });
  const asked = readers.map((reader) =>
    startLoop({
      name: `rules by the clock: ${reader.name}`,
      everyMs: reader.everyMs,
      clock,
      log,
      run: async (signal) => {
        if (!steps.settled()) return;
        const end = tookSeconds.startTimer({ reader: reader.name });
        await evaluateReader(ground, reader, signal);
        end();
      },
    }),
  );
  return {
    stop: async () => {
      stopListening();
      alarm?.cancel();
      await Promise.all([loop, ...asked].map((each) => each.stop()));
      alarm?.cancel();
    },
  };
}

/**
 * `durableSeq`: how far the cursor was moved together with a judgement; 0: it was not. `tookMs`, `answeredAtMs`: how long the
 * log's first answer took, and when it came (monotonic).
 */
type Read = {
  seq: number;
  durableSeq: number;
  lagMs: number;
  wasBlind: boolean;
  tookMs: number;
  answeredAtMs: number;
};

/** Goes on to the end of the log and answers it. Neighbouring facts of one account are judged together. */
async function evaluateFrom(ground: Ground, fromSeq: number, signal: AbortSignal): Promise<Read> {
  const { clock } = ground;
  const askedMs = clock.monotonicMs();
  const read: Read = {
    seq: fromSeq,
    durableSeq: 0,
    lagMs: 0,
    wasBlind: false,
    tookMs: 0,
    answeredAtMs: askedMs,
  };
  while (!signal.aborted) {
    const isFirst = read.seq === fromSeq;
    const facts = await readFacts(ground.db, read.seq, batchSize);
    if (isFirst) {
      read.answeredAtMs = clock.monotonicMs();
      read.tookMs = read.answeredAtMs - askedMs;
    }
    const [first] = facts;
    const last = facts.at(-1);
    if (!first || !last) return read;
    const other = facts.findIndex((fact) => fact.account !== first.account);
    const own = other < 0 ? facts : facts.slice(0, other);
    const oldest = own.find(concernsRules);
    const ctx = systemCtx(ground, first.account);
    if (oldest && (await mayMatter(ctx, own))) {
      read.seq = read.durableSeq = await evaluateFacts(ctx, own);
      read.lagMs = Math.max(read.lagMs, ground.clock.nowMs() - Date.parse(oldest.at));
      read.wasBlind ||= own.some((fact) => blindnessOf(fact) !== null);
    } else read.seq = own.at(-1)?.seq ?? read.seq;
    if (facts.length < batchSize && read.seq >= last.seq) return read;
  }
  return read;
}
