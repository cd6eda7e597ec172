import { noValue } from "./instant";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** How long, with at most two units: "212 ms", "8.4 s", "22 s", "4 min 53 s", "2 h 5 min", "3 d 4 h". */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return noValue;
  const ms = Math.max(0, durationMs);
  if (ms < secondMs) return `${Math.round(ms)} ms`;
  // 9,960 ms would round to "10.0 s": from there on whole seconds are enough.
  if (ms < 9_950) return `${(ms / secondMs).toFixed(1)} s`;
  if (ms < minuteMs) return `${Math.floor(ms / secondMs)} s`;
  if (ms < hourMs) {
    return pair(Math.floor(ms / minuteMs), "min", Math.floor((ms % minuteMs) / secondMs), "s");
  }
  if (ms < dayMs) return pair(Math.floor(ms / hourMs), "h", Math.floor((ms % hourMs) / minuteMs), "min");
  return pair(Math.floor(ms / dayMs), "d", Math.floor((ms % dayMs) / hourMs), "h");
}

/** How long, in one unit and whole numbers, for narrow columns: "3 s", "5 min", "2 h", "3 d". */
export function shortDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return noValue;
  const ms = Math.max(0, durationMs);
  if (ms < minuteMs) return `${Math.floor(ms / secondMs)} s`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`;
  return `${Math.floor(ms / dayMs)} d`;
}
