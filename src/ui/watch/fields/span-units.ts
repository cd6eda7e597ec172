export const spanUnits = [
  { unit: "s", name: "seconds", ms: 1_000 },
  { unit: "min", name: "minutes", ms: 60_000 },
  { unit: "h", name: "hours", ms: 3_600_000 },
  { unit: "d", name: "days", ms: 86_400_000 },
] as const;
export type SpanUnit = (typeof spanUnits)[number]["unit"];

export function msOfUnit(unit: SpanUnit): number {
  return spanUnits.find((one) => one.unit === unit)?.ms ?? 1_000;
}

/** The largest unit in which a span is a whole number: 5 min, not 300 s. */
export function splitSpan(ms: number): { amount: number; unit: SpanUnit } {
  if (!Number.isFinite(ms) || ms <= 0) return { amount: 0, unit: "min" };
  const fit = spanUnits.toReversed().find((one) => ms % one.ms === 0) ?? spanUnits[0];
  return { amount: ms / fit.ms, unit: fit.unit };
}

/** A typed amount as a number; NaN where it is none, so that the schema refuses it. */
export function amountOf(typed: string): number {
  const plain = typed.trim().replace(/[\s_]/g, "").replace(",", ".");
  return plain === "" ? Number.NaN : Number(plain);
}
