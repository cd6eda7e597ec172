import { type Ground, readFacts, systemCtx } from "@/domain/kernel";
import {
  accountsDue,
  concernsTelling,
  nextLookAt,
  notifyCursorSeq,
  passNotifyCursor,
  takeFacts,
  tellDue,
} from "@/domain/watch/telling/notifier";
import { keepTurns } from "@/domain/watch/turns";
import type { Timer } from "@/platform/clock";
import { type Loop, startLoop } from "@/platform/loop";

/** Worst delay of a fact whose message on the bus was lost. */
const tickMs = 1_000;
const batchSize = 1_000;

/**
 * The one notifier: tells of alerts by the routes, from its durable cursor on, and when a group's time has come. Run it
 * under the lease `notify`. What it decides stands in the outbox in the transaction that moves the cursor, so neither a
 * crash nor a second notifier tells anything twice or loses it. Facts that mean nothing to it are passed as the bus
 * brings them, without asking the database.
 */
export function startNotifier(ground: Ground): Pick<Loop, "stop"> {
  const { clock } = ground;
  const noteTurn = keepTurns(ground, "notify");
  let readSeq: number | null = null;
  let savedSeq = 0;
  let reading = false;
  let exact: Timer | undefined;

  const loop = startLoop({
    name: "notify",
    everyMs: tickMs,
    clock,
    log: ground.log,
    run: async (signal) => {
      reading = true;
      try {
        if (readSeq === null) readSeq = savedSeq = await notifyCursorSeq(ground);
        const oldestMs = await readFrom(readSeq, signal);
        if (readSeq > savedSeq) await passNotifyCursor(ground, readSeq);
        savedSeq = readSeq;
        const lateMs = await lookAtDue(signal);
        await noteTurn({ lagMs: Math.max(oldestMs, lateMs), backlog: 0 });
      } finally {
        reading = false;
      }
    },
  });

  /** Goes on to the end of the log. Answers how old the oldest fact was that meant something. */
  async function readFrom(fromSeq: number, signal: AbortSignal): Promise<number> {
    let oldestMs = 0;
    readSeq = fromSeq;
    while (!signal.aborted) {
      const facts = await readFacts(ground.db, readSeq, batchSize);
      const [first] = facts;
      const last = facts.at(-1);
      if (!first || !last) break;
      const other = facts.findIndex((fact) => fact.account !== first.account);
      const own = other < 0 ? facts : facts.slice(0, other);
      const telling = own.find(concernsTelling);
      if (telling) {
        oldestMs = Math.max(oldestMs, clock.nowMs() - Date.parse(telling.at));
        readSeq = await takeFacts(systemCtx(ground, first.account), own);
      } else readSeq = own.at(-1)?.seq ?? readSeq;
      if (facts.length < batchSize && readSeq >= last.seq) break;
    }
    return oldestMs;
  }

  /** Looks at what is due and sets the timer for what comes next. Answers by how much it was late. */
  async function lookAtDue(signal: AbortSignal): Promise<number> {
    let next = await nextLookAt(ground);
    const lateMs = next ? Math.max(0, clock.nowMs() - next.getTime()) : 0;
    while (next && next <= clock.now() && !signal.aborted) {
      for (const account of await accountsDue(ground)) {
        const ctx = systemCtx(ground, account);
        while (!signal.aborted && (await tellDue(ctx))) ground.log.debug({ account }, "More groups are due.");
      }
      next = await nextLookAt(ground);
    }
    exact?.cancel();
    const inMs = next ? next.getTime() - clock.nowMs() : tickMs;
    if (inMs < tickMs) exact = clock.setTimeout(() => loop.nudge(), Math.max(0, inMs));
    return lateMs;
  }

  const stopFacts = ground.bus.subscribe("facts", (facts) => {
    const last = facts.at(-1);
    const follows = !reading && readSeq !== null && facts[0]?.seq === readSeq + 1;
    if (last && follows && !facts.some(concernsTelling)) readSeq = last.seq;
    else loop.nudge();
  });
  const stopNudges = ground.bus.subscribe("nudge.telling", () => loop.nudge());
  return {
    stop: async () => {
      stopFacts();
      stopNudges();
      exact?.cancel();
      await loop.stop();
    },
  };
}
