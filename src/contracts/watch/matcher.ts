import { z } from "zod";
import { lineSchema } from "@/contracts/kernel/text";

/**
 * What every alert is labelled with, besides the labels that its rule adds. `tag` has several values: a matcher with
 * `=` or `=~` fits when one of them does, `!=` and `!~` when none does. A label that is missing has the value "".
 */
export const alertLabels = ["agent", "group", "tag", "host", "rule", "kind", "severity", "subject"] as const;

/** A label's name: one of `alertLabels`, or one that a rule adds. */
export const labelNameSchema = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, "is made of small letters, digits, - and _, and begins with a letter");

export const matcherOps = ["=", "!=", "=~", "!~"] as const;

/** `=~` and `!~` take a regular expression of RE2 (no look-around, linear time) that has to fit the whole value. */
export const matcherSchema = z.object({
  label: labelNameSchema,
  op: z.enum(matcherOps),
  value: lineSchema(200).or(z.literal("")),
});
export type Matcher = z.infer<typeof matcherSchema>;

export const mostMatchers = 20;

/** All of them have to fit. */
export const matchersSchema = z.array(matcherSchema).max(mostMatchers);

/**
 * What is wrong with a value that was left out; null when there is one. "agent = nothing" would fit whatever lacks the
 * label, such as outages and our own health: who means just that says so by a pattern.
 */
export function blankFault({ label, value }: Pick<Matcher, "label" | "value">): string | null {
  if (value !== "") return null;
  return `Say which ${label}. To mean alerts without any, use the sign !~ (“fits not”) and the value .+`;
}

/** For `superRefine`: refuses each value that was left out, at its path. */
export function refuseBlank(
  matchers: readonly Matcher[],
  at: readonly (string | number)[],
  context: Pick<z.RefinementCtx, "addIssue">,
): void {
  for (const [index, matcher] of matchers.entries()) {
    const message = blankFault(matcher);
    if (message) context.addIssue({ code: "custom", path: [...at, index, "value"], message });
  }
}

/** Matchers as somebody gives them, not as they are kept. */
export const givenMatchersSchema = matchersSchema.superRefine((matchers, context) =>
  refuseBlank(matchers, [], context),
);

/** The labels of an alert: each has one value or, `tag`, several. */
export type Labels = Readonly<Record<string, string | readonly string[]>>;
