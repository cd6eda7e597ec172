import { setTimeout as sleep } from "node:timers/promises";
import type { Journal } from "./journal";
import { findMarked, markOf } from "./mark";
import { processIdentity, signalGroup } from "./processes";

type Left = { pid: number; identity: string };

/**
 * Ends what a killed supervisor of this agent left behind: otherwise two would do the same work. A process that it
 * noted is told by its identity, so that a stranger who got the same number is left alone; one that it was only
 * about to note, by the mark in its environment. Answers the pid when there was one.
 */
export async function endOrphan(journal: Journal, graceMs: number): Promise<number | null> {
  const noted = journal.child;
  if (noted) {
    const lived = lives(noted);
    if (lived) await end(noted, graceMs);
    journal.childEnded(noted.pid);
    if (lived) return noted.pid;
  }
  const marked = journal.intent ? findMarked(markOf(journal.intent)) : [];
  await Promise.all(marked.map((left) => end(left, graceMs)));
  return marked[0]?.pid ?? null;
}

const lives = ({ pid, identity }: Left) => processIdentity(pid) === identity;

async function end(left: Left, graceMs: number): Promise<void> {
  signalGroup(left.pid, "SIGTERM");
  signalGroup(left.pid, "SIGCONT");
  for (const until = performance.now() + graceMs; lives(left) && performance.now() < until; ) {
    await sleep(20);
  }
  signalGroup(left.pid, "SIGKILL");
}
