import type { Journal } from "./journal";
import { processIdentity, signalGroup } from "./processes";

/**
 * Ends the process that a killed supervisor of this agent left behind: otherwise two would do the same work. Its
 * identity is compared, so that a stranger who got the same number is left alone. Answers its pid when there was one.
 */
export async function endOrphan(journal: Journal, graceMs: number): Promise<number | null> {
  const left = journal.child;
  if (!left) return null;
  const lives = () => processIdentity(left.pid) === left.identity;
  const found = lives();
  if (found) {
    signalGroup(left.pid, "SIGTERM");
    signalGroup(left.pid, "SIGCONT");
    for (const until = performance.now() + graceMs; lives() && performance.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    signalGroup(left.pid, "SIGKILL");
  }
  journal.childEnded(left.pid);
  return found ? left.pid : null;
}
