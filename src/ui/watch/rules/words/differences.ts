import type { RuleDraft } from "@/contracts/watch/rule";
import type { Names } from "./names";
import { ruleFields } from "./rule-fields";

export interface Difference {
  name: string;
  before: string;
  after: string;
}

/** Whether two values of a draft are the same, whatever the order of their keys. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => one.localeCompare(other)))
      : part,
  );
}

/** What differs between two drafts of a rule, field by field, in words. */
export function differencesOf(before: RuleDraft, after: RuleDraft, names: Names): Difference[] {
  return ruleFields.flatMap(({ fields, name, words }) =>
    fields.every((field) => same(before[field], after[field]))
      ? []
      : [{ name, before: words(before, names), after: words(after, names) }],
  );
}

/** The fields in which two drafts differ. */
export function changedFields(before: RuleDraft, after: RuleDraft): (keyof RuleDraft)[] {
  return ruleFields.flatMap(({ fields }) => fields.filter((field) => !same(before[field], after[field])));
}

/** `mine` on top of `theirs`: what I changed since `base` is mine, all else is theirs. */
export function rebased(base: RuleDraft, mine: RuleDraft, theirs: RuleDraft): RuleDraft {
  const own = changedFields(base, mine).map((field) => [field, mine[field]]);
  return { ...theirs, ...Object.fromEntries(own) };
}

/** Fields that both changed since `base`, to different values: there one of the two is lost. */
export function clashes(base: RuleDraft, mine: RuleDraft, theirs: RuleDraft): (keyof RuleDraft)[] {
  const others = new Set(changedFields(base, theirs));
  return changedFields(base, mine).filter((field) => others.has(field) && !same(mine[field], theirs[field]));
}
