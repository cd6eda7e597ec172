import type { Ground } from "@/domain/kernel";
import {
  concernsTelling,
  notifyCursorSeq,
  passClockSetBack,
  passNotifyCursor,
  tellFrom,
  tellWhatIsDue,
} from "@/domain/watch/telling/notifier";
import { keepTurns, sparingCursor } from "@/domain/watch/turns";
import type { Timer } from "@/platform/clock";
import { watchClockSteps } from "@/platform/clock-steps";
import { type Loop, startLoop } from "@/platform/loop";

/** Worst delay of a fact whose message on the bus was lost. */
const tickMs = 1_000;

/**
 * The one notifier: tells of alerts by the routes, from its durable cursor on, and when a group's time has come. Run it
 * under the lease `notify`. What it decides stands in the outbox in the transaction that moves the cursor, so neither a
 * crash nor a second notifier tells anything twice or loses it. Facts that mean nothing to it are passed as the bus
 * brings them, without asking the database.
 */
export function startNotifier(ground: Ground): Pick<Loop, "stop"> {
  const noteTurn = keepTurns(ground, "notify");
  const steps = watchClockSteps(ground.clock);
  let readSeq: number | null = null;
  const cursor = sparingCursor(ground.clock, tickMs, (seq) => passNotifyCursor(ground, seq));
  let reading = false;
  let exact: Timer | undefined;

  const loop = startLoop({
    name: "notify",
    everyMs: tickMs,
    clock: ground.clock,
    log: ground.log,
    run: async (signal) => {
      reading = true;
      try {
        if (readSeq === null) readSeq = await notifyCursorSeq(ground);
        await steps.follow(async (stepMs) => {
          if (stepMs < 0) await passClockSetBack(ground);
        });
        const { seq, durableSeq, oldestMs } = await tellFrom(ground, readSeq, signal);
        readSeq = seq;
        await cursor.follow(seq, durableSeq);
        const { next, lateMs } = await tellWhatIsDue(ground, signal);
        wakeAt(next);
        await noteTurn({ lagMs: Math.max(oldestMs, lateMs), backlog: 0 });
      } finally {
        reading = false;
      }
    },
  });

  /** The tick would be up to a second late. */
  function wakeAt(next: Date | null): void {
    exact?.cancel();
    const inMs = next ? next.getTime() - ground.clock.nowMs() : tickMs;
    if (inMs < tickMs) exact = ground.clock.setTimeout(() => loop.nudge(), Math.max(0, inMs));
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
