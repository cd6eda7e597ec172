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

export interface PlacedLabel {
  /** 0 is the lowest line of labels. */
  row: number;
  anchor: "start" | "end";
}

/** Between two labels of one line. */
const labelGap = 6;

/**
 * Where the labels of marks stand, so that none lies on another: right of its mark, left of it where that is taken
 * or over the edge, else a line higher. The first has the first choice.
 */
export function placeLabels(
  labels: readonly { x: number; width: number }[],
  { left, right }: { left: number; right: number },
): PlacedLabel[] {
  const taken: { row: number; from: number; to: number }[] = [];
  const isFree = (row: number, from: number, to: number) =>
    from >= left &&
    to <= right &&
    taken.every((other) => other.row !== row || to + labelGap <= other.from || from >= other.to + labelGap);
  return labels.map(({ x, width }) => {
    const edges = { start: [x, x + width], end: [x - width, x] } as const;
    for (let row = 0; row < labels.length; row += 1) {
      for (const anchor of ["start", "end"] as const) {
        const [from, to] = edges[anchor];
        if (!isFree(row, from, to)) continue;
        taken.push({ row, from, to });
        return { row, anchor };
      }
    }
    // Wider than the chart on both sides of its mark: on a line of its own.
    const row = Math.max(-1, ...taken.map((other) => other.row)) + 1;
    const anchor = x - left > right - x ? "end" : "start";
    taken.push({ row, from: edges[anchor][0], to: edges[anchor][1] });
    return { row, anchor };
  });
}
