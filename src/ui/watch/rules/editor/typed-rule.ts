import { conditionKindSchema } from "@/contracts/watch/condition";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { startOf } from "../words/condition-choices";
import { newDraft } from "../words/draft";

/** What is kept of a rule that is left before it is saved: what it was changed from, too. */
export interface TypedRule {
  draft: RuleDraft;
  base: RuleDraft;
  read: number | null;
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads what was kept, maybe by another version; null where the form could not show it. */
export function readTypedRule(kept: unknown): TypedRule | null {
  if (!isFields(kept)) return null;
  const { read = null } = kept;
  const draft = halfTyped(kept.draft);
  const base = halfTyped(kept.base);
  return draft && base && (read === null || typeof read === "number") ? { draft, base, read } : null;
}

/**
 * A rule that need not be complete: a text may be missing or too long, a list empty, a number out of bounds. All that
 * the form reads is there and of its kind, though: where the keeper knew no such field, it is as in a new rule.
 */
function halfTyped(kept: unknown): RuleDraft | null {
  if (!isFields(kept) || !isFields(kept.condition)) return null;
  const { data: kind } = conditionKindSchema.safeParse(kept.condition.kind);
  if (!kind) return null;
  const filled = { ...newDraft(kind), ...structuredClone(kept) };
  const rule = { ...filled, condition: { ...startOf[kind], ...filled.condition } } as RuleDraft;
  const faults = ruleDraftSchema.safeParse(rule).error?.issues ?? [];
  return faults.every((fault) => isHalfTyped(rule, fault)) ? rule : null;
}

interface FaultAt {
  code: string;
  path: readonly PropertyKey[];
  expected?: unknown;
}

/** Whether a field is merely not right yet. A number that was emptied is kept as null, and becomes none again. */
function isHalfTyped(rule: RuleDraft, { code, path, expected }: FaultAt): boolean {
  if (["too_small", "too_big", "invalid_format", "invalid_key", "custom"].includes(code)) return true;
  if (code !== "invalid_type" || (expected !== "number" && expected !== "int")) return false;
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown>)[key], rule);
  const holds = holder as Record<PropertyKey, unknown>;
  const key = path.at(-1) ?? "";
  if (holds[key] === null) holds[key] = Number.NaN;
  return typeof holds[key] === "number";
}
