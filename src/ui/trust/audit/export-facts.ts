import type { Fact } from "@/contracts/facts";

const columns = [
  "seq",
  "at",
  "kind",
  "actorKind",
  "actorId",
  "actor",
  "targetKind",
  "targetId",
  "target",
  "reason",
  "before",
  "after",
  "data",
  "requestId",
  "prevHash",
  "hash",
] as const;

/** Facts as CSV (RFC 4180, with a header line) for a spreadsheet. */
export function factsCsv(facts: readonly Fact[]): string {
  return `${[columns.join(","), ...facts.map((fact) => rowOf(fact).map(cell).join(","))].join("\r\n")}\r\n`;
}

function rowOf(fact: Fact): unknown[] {
  const { actor, target } = fact;
  const { seq, at, kind, reason, before, after, data, requestId, prevHash, hash } = fact;
  const who = [actor.kind, actor.id, actor.name];
  const what = [target?.kind, target?.id, target?.name];
  return [seq, at, kind, ...who, ...what, reason, before, after, data, requestId, prevHash, hash];
}

/**
 * One value. Text that begins like a formula gets an apostrophe before it: a spreadsheet would run it, and names and
 * reasons come from people whom the reader of the audit does not trust.
 */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
