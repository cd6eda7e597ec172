import type { Matcher } from "@/contracts/watch/matcher";
import { listWords } from "./list-words";

/** How a matcher's sign is said. `=~` and `!~` take an RE2 expression that fits the whole value. */
export const matcherOpWords: Record<Matcher["op"], string> = {
  "=": "=",
  "!=": "≠",
  "=~": "fits",
  "!~": "does not fit",
};

/** "severity = critical", "tag ≠ canary", "group fits prod-.*". A value that is empty is said as "nothing". */
export function matcherWords({ label, op, value }: Matcher): string {
  return `${label} ${matcherOpWords[op]} ${value === "" ? "nothing" : value}`;
}

/** "severity = critical and group = cron-workers"; without any: "any label". */
export function matchersWords(matchers: readonly Matcher[]): string {
  return matchers.length === 0 ? "any label" : listWords(matchers.map(matcherWords));
}
