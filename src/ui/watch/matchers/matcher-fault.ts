import type { Matcher } from "@/contracts/watch/matcher";

/** How the signs are said where they are picked. */
export const matcherOpSentences: Record<Matcher["op"], string> = {
  "=": "is",
  "!=": "is not",
  "=~": "fits pattern",
  "!~": "fits not",
};

/**
 * What is wrong with a matcher, as far as a browser can tell; null when nothing is. The server judges patterns by RE2,
 * which knows no look-around; what it refuses comes back with the form.
 */
export function matcherFault({ op, value }: Matcher): string | null {
  if (op === "=" || op === "!=") return null;
  if (value === "") return "Write a pattern, such as prod-.* for everything that begins with prod-.";
  if (/\(\?(?:[=!]|<[=!])/u.test(value)) return "Patterns cannot look ahead or behind.";
  try {
    new RegExp(value);
    return null;
  } catch {
    return "This is no pattern: a bracket is missing, or a sign stands alone.";
  }
}
