import type { WatchHealth } from "@/contracts/watch/dead-man";
import { undeliveredWords } from "../words/undelivered-words";

export interface HealthBanner {
  what: string;
  /** What it means, and what to do. */
  means: string;
  /** Where one does it. */
  link: { href: string; words: string } | null;
}

const page = { href: "/alerts/health", words: "Look at it" };

/**
 * What whoever acts on alerts must know of the watcher itself, the worst first; null: all is well. Channels and the
 * dead-man ping are mended by admins only: `mayMend` false says so, and leads to where one can look.
 */
export function healthBanner(health: WatchHealth, mayMend: boolean): HealthBanner | null {
  const { faults, broken, undelivered, evaluation, delivery } = health;
  if (faults.length === 0) return null;
  const what = faults.join(" ");
  if (evaluation.late || delivery.late) {
    return { what, means: "Alerts come later than they should; none is lost.", link: page };
  }
  if (broken.length > 0) {
    const became = undeliveredWords(undelivered);
    if (!mayMend) return { what, means: `${became} Ask an admin to mend it.`, link: page };
    const again = undelivered.givenUp > 0 ? ", then send again what was given up" : "";
    return {
      what,
      means: `${became} Mend the address and send a test${again}.`,
      link: { href: "/settings/channels", words: "See channels" },
    };
  }
  const todo = mayMend ? "Check its address." : "Ask an admin to check its address.";
  return { what, means: `If we stopped, nobody outside would be told. ${todo}`, link: page };
}
