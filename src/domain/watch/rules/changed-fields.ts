import type { RuleDraft } from "@/contracts/watch/rule";

/** Fields in which two drafts differ; the order of keys makes no difference. */
export function changedFields(before: RuleDraft, after: RuleDraft): (keyof RuleDraft)[] {
  return (Object.keys(after) as (keyof RuleDraft)[]).filter(
    (field) => canonical(before[field]) !== canonical(after[field]),
  );
}

/** JSON with the keys of objects in order: PostgreSQL keeps a jsonb's keys in an order of its own. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
