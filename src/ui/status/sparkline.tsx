import { cn } from "../primitives/class-names";

const width = 46;
const height = 16;
/** Room for the dot at the right end and at the top and foot. */
const plotWidth = 43;
const inset = 1.6;

export interface SparklineProps {
  /** Oldest first; null where nothing was measured: the line has a gap there. */
  values: readonly (number | null)[];
  /** The value at the top; unset: the largest of the values, at least 1. */
  max?: number;
  /** Above it (latest value) the line is orange: the threshold of the rule that watches it. */
  threshold?: number;
  className?: string;
}

/** The last minutes as a line of 46 × 16 with a dot at now. Decoration: the number stands beside it. */
export function Sparkline({ values, max, threshold, className }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined || values.length < 2) return <svg aria-hidden="true" className="h-4 w-[46px]" />;
  const top = max ?? Math.max(1, ...known);
  const step = plotWidth / (values.length - 1);
  const y = (value: number) =>
    height - inset - (Math.min(top, Math.max(0, value)) / top) * (height - 2 * inset);

  let line = "";
  let pen = "M";
  let firstX = 0;
  let lastX = 0;
  values.forEach((value, index) => {
    if (value === null) {
      pen = "M";
      return;
    }
    const x = index * step;
    if (line === "") firstX = x;
    lastX = x;
    line += `${pen}${x.toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
  });
  const gapless = known.length === values.length;
  const hot = threshold !== undefined && last > threshold;
  return (
    <svg
      data-slot="sparkline"
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      className={cn("block h-4 w-[46px] shrink-0 overflow-visible", className)}
    >
      {gapless ? (
        <path
          d={`${line}L${lastX.toFixed(1)} ${height}L${firstX.toFixed(1)} ${height}z`}
          className={hot ? "fill-status-stuck-fill/7" : "fill-chart-2/12"}
        />
      ) : null}
      <path
        d={line}
        fill="none"
        strokeWidth="1.25"
        strokeLinejoin="round"
        className={hot ? "stroke-status-stuck-fill" : "stroke-chart-2"}
      />
      <circle
        cx={lastX.toFixed(1)}
        cy={y(last).toFixed(1)}
        r="1.6"
        className={hot ? "fill-status-stuck" : "fill-foreground"}
      />
    </svg>
  );
}
