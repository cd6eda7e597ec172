export interface ChartPoint {
  atMs: number;
  value: number | null;
}

/** The next round number at or above: 1, 1.5, 2, 3, 5 or 8 times a power of ten, so that its half reads well too. */
export function roundTop(most: number): number {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 1.5, 2, 3, 5, 8, 10].find((factor) => factor * power >= most) ?? 10;
  return step * power;
}

/** An svg path through the points, with a gap where nothing was measured for `gapMs`; `area` closes it at the foot. */
export function linePaths(
  points: readonly ChartPoint[],
  {
    x,
    y,
    foot,
    gapMs,
  }: { x: (ms: number) => number; y: (value: number) => number; foot: number; gapMs: number },
): { line: string; area: string } {
  let line = "";
  let area = "";
  let run: string[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  let firstX = 0;
  let lastX = 0;
  const end = () => {
    if (run.length === 0) return;
    const path = run.join("L");
    line += `M${path}`;
    area += `M${firstX} ${foot}L${path}L${lastX} ${foot}z`;
    run = [];
  };
  for (const { atMs, value } of points) {
    if (value === null || atMs - lastMs > gapMs) end();
    if (value === null) continue;
    lastX = round(x(atMs));
    if (run.length === 0) firstX = lastX;
    run.push(`${lastX} ${round(y(value))}`);
    lastMs = atMs;
  }
  end();
  return { line, area };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
