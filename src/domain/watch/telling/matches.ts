import type { Labels, Matcher } from "@/contracts/watch/matcher";
import { compilePattern } from "./pattern";

/** The values of a label: one or, `tag`, several; "" for one that is missing. */
export function valuesOf(labels: Labels, label: string): readonly string[] {
  const value = Object.hasOwn(labels, label) ? labels[label] : undefined;
  if (value === undefined) return [""];
  if (typeof value === "string") return [value];
  return value.length === 0 ? [""] : value;
}

/**
 * Whether all matchers fit. `=` and `=~` fit when one of the label's values does, `!=` and `!~` when none does. A
 * pattern has to fit the whole value; one that does not compile fits nothing (the verbs refuse it).
 */
export function matches(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => fits(matcher, valuesOf(labels, matcher.label)));
}

function fits({ op, value }: Matcher, values: readonly string[]): boolean {
  if (op === "=") return values.includes(value);
  if (op === "!=") return !values.includes(value);
  const pattern = compilePattern(value);
  if (!pattern) return false;
  const found = values.some((text) => pattern.matches(text));
  return op === "=~" ? found : !found;
}

/** Sentences about patterns that are no RE2 expressions; empty when all are. */
export function faultsOfMatchers(matchers: readonly Matcher[]): string[] {
  return matchers
    .filter(({ op, value }) => (op === "=~" || op === "!~") && !compilePattern(value))
    .map(
      ({ label, op, value }) =>
        `${label} ${op} "${value}" is not a regular expression that can be used here: ` +
        "check brackets and backslashes; look-around and back-references are not possible.",
    );
}
