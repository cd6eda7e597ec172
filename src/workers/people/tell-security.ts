import type { Fact } from "@/contracts/facts";
import { type Ground, readFacts } from "@/domain/kernel";
import {
  addressesOf,
  happeningOf,
  lettersCursorSeq,
  passLettersCursor,
  securityLetter,
} from "@/domain/people/security-letters";
import { type Loop, startLoop } from "@/platform/loop";
import type { Mailer } from "@/platform/mail";
import { oldestMs, WaitingLetters } from "./waiting-letters";

/** Worst delay of a fact whose message on the bus was lost, and the finest step of trying again. */
const tickMs = 5_000;
const batchSize = 1_000;
/** More letters than this are not held: the log keeps the rest. */
const mostWaiting = 500;
const patientMs = [5_000, 30_000, 120_000, 600_000];

type Post = { mailer: Mailer; consoleUrl: string; everyMs?: number; retryMs?: readonly number[] };

/**
 * Writes to people when what opens their account changed. Run it under the lease `letters`, and only where mail is set
 * up. It follows the log, so no change waits for it and none that is committed is missed.
 *
 * The rule: each letter goes out at least once. The durable cursor moves past a fact only after the mail server took
 * its letters, or refused them for good; so only a crash in between, or a lease lost while a letter is under way,
 * repeats letters, and otherwise each goes out exactly once. A letter that one address refuses for now holds up no
 * other; a crash meanwhile repeats those that went out behind it. What is older than a day is not told any more.
 */
export function startSecurityLetters(ground: Ground, post: Post): Pick<Loop, "stop"> {
  const waiting = new WaitingLetters({ ...ground, mailer: post.mailer }, post.retryMs ?? patientMs);
  let readSeq: number | null = null;
  let savedSeq = 0;
  let reading = false;

  const save = async (upTo: number): Promise<void> => {
    const oldest = waiting.oldestSeq();
    const seq = oldest === null ? upTo : oldest - 1;
    if (seq > savedSeq) await passLettersCursor(ground, seq);
    savedSeq = Math.max(savedSeq, seq);
  };

  const loop = startLoop({
    name: "letters",
    everyMs: post.everyMs ?? tickMs,
    clock: ground.clock,
    log: ground.log,
    run: async (signal) => {
      reading = true;
      try {
        let seq = readSeq ?? (await lettersCursorSeq(ground));
        for (let more = true; more && !signal.aborted; ) {
          const facts = waiting.size < mostWaiting ? await readFacts(ground.db, seq, batchSize) : [];
          await takeIn(ground, post, facts, waiting);
          readSeq = seq = facts.at(-1)?.seq ?? seq;
          await waiting.sendDue(signal, () => save(seq));
          await save(seq);
          more = facts.length === batchSize;
        }
      } finally {
        reading = false;
      }
    },
  });
  const stopListening = ground.bus.subscribe("facts", (facts) => {
    const last = facts.at(-1);
    const follows = !reading && readSeq !== null && facts[0]?.seq === readSeq + 1;
    if (last && follows && !facts.some((fact) => happeningOf(fact, []))) readSeq = last.seq;
    else loop.nudge();
  });
  return {
    stop: async () => {
      stopListening();
      await loop.stop();
    },
  };
}

/** Makes the letters of these facts, all or none: a failure of the database must not leave half of them behind. */
async function takeIn(ground: Ground, { consoleUrl }: Post, facts: Fact[], waiting: WaitingLetters) {
  const made = [];
  for (const fact of facts) {
    const happening = happeningOf(fact, facts);
    const atMs = new Date(fact.at).getTime();
    if (!happening || ground.clock.nowMs() - atMs > oldestMs) continue;
    for (const person of await addressesOf(ground, fact)) {
      made.push({ seq: fact.seq, atMs, mail: securityLetter(person, fact, happening, consoleUrl) });
    }
  }
  for (const letter of made) waiting.add(letter);
}
