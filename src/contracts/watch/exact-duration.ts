const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;
const unitMs: Record<string, number> = Object.fromEntries(units);

/** A duration as a file says it, to the millisecond: `1h30m`, `14d`, `0s`. */
export function exactDuration(ms: number): string {
  let rest = ms;
  let text = "";
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text || "0s";
}

/** Milliseconds of `1h30m`; null for what is no duration. */
export function durationMsOf(text: string): number | null {
  const trimmed = text.replace(/\s+/g, "");
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(trimmed)) return null;
  let ms = 0;
  for (const [, count = "", unit = ""] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
    ms += Number(count) * (unitMs[unit] ?? 0);
  return Math.round(ms);
}
