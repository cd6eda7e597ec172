const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** A length that somebody chose, exactly: "30 s", "5 min", "1 h 30 min", "7 d"; nothing is "0 s". */
export function spanWords(ms: number): string {
  if (!Number.isFinite(ms)) return "–";
  const said: string[] = [];
  let rest = Math.max(0, Math.round(ms / 1_000)) * 1_000;
  for (const [unit, size] of units) {
    const whole = Math.floor(rest / size);
    if (whole > 0) said.push(`${whole} ${unit}`);
    rest -= whole * size;
  }
  return said.join(" ") || "0 s";
}
