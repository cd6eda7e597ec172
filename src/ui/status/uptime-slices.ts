/** The worst fact of a slice of time. `absent`: the agent did not exist yet. */
export type SliceState = "up" | "transition" | "waiting" | "stuck" | "offline" | "unknown" | "absent";

export interface UptimeSlice {
  state: SliceState;
  /** The slice's facts in a sentence: "09:35 to 09:41 · offline 6 min 12 s". */
  label?: string;
}

/** Share of the height that stays free above and below: the worse, the taller. */
const free: Record<SliceState, number> = {
  up: 0.19,
  unknown: 0.22,
  absent: 0.37,
  transition: 0.12,
  waiting: 0.09,
  stuck: 0.06,
  offline: 0,
};

/** One path a state, in the order of drawing: a strip of 96 slices then costs a few elements, not 96. */
export function slicePaths(
  slices: readonly UptimeSlice[],
  { barWidth, gap, height }: { barWidth: number; gap: number; height: number },
): { state: SliceState; path: string }[] {
  const paths = new Map<SliceState, string>();
  slices.forEach(({ state }, index) => {
    const hollow = state === "unknown" ? 0.5 : 0;
    const x = index * (barWidth + gap) + hollow;
    const top = Math.round(free[state] * height * 2) / 2 + hollow;
    const w = barWidth - 2 * hollow;
    const h = height - 2 * top;
    const bar = `M${round(x)} ${top}h${round(w)}v${h}h-${round(w)}z`;
    paths.set(state, (paths.get(state) ?? "") + bar);
  });
  return [...paths].map(([state, path]) => ({ state, path }));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const words: Record<SliceState, string> = {
  up: "up",
  transition: "changing",
  waiting: "waiting",
  stuck: "stuck",
  offline: "offline",
  unknown: "unknown",
  absent: "not yet made",
};

/** "Last 24 h: 22 up, 1 stuck, 1 offline." for those who do not see the strip. */
export function stripWords(name: string, slices: readonly UptimeSlice[]): string {
  const counts = new Map<SliceState, number>();
  for (const { state } of slices) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${count} ${words[state]}`);
  return parts.length === 0 ? `${name}: no data.` : `${name}: ${parts.join(", ")}.`;
}
