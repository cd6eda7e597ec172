import { cn } from "../primitives/class-names";
import { type SliceState, slicePaths, stripWords, type UptimeSlice } from "./uptime-slices";

const fills: Record<SliceState, string> = {
  up: "fill-[color-mix(in_oklab,var(--status-online-fill)_64%,var(--background))]",
  transition: "fill-status-transition-fill",
  waiting: "fill-status-waiting-fill",
  stuck: "fill-status-stuck-fill",
  offline: "fill-status-offline-fill",
  unknown: "fill-none stroke-status-unknown-fill",
  absent: "fill-border",
};

export interface UptimeStripProps {
  /** What it covers: "Last 24 h". */
  name: string;
  slices: readonly UptimeSlice[];
  /** Pixels of one bar and between two; rows use 3 and 1, the agent page 4 and 1.9. */
  barWidth?: number;
  gap?: number;
  height?: number;
  /** Stretch to the width of the parent. */
  fluid?: boolean;
  className?: string;
}

/** The heartbeat strip: the worst fact of each slice wins, and the worse it is, the taller the bar. */
export function UptimeStrip({
  name,
  slices,
  barWidth = 3,
  gap = 1,
  height = 16,
  fluid = false,
  className,
}: UptimeStripProps) {
  const width = Math.max(0, slices.length * (barWidth + gap) - gap);
  return (
    <svg
      data-slot="uptime-strip"
      role="img"
      aria-label={stripWords(name, slices)}
      viewBox={`0 0 ${width} ${height}`}
      width={fluid ? "100%" : width}
      height={height}
      preserveAspectRatio="none"
      className={cn("block shrink-0 overflow-visible", className)}
    >
      {slicePaths(slices, { barWidth, gap, height }).map(({ state, path }) => (
        <path key={state} d={path} className={fills[state]} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
