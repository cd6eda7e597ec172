import { cn } from "../primitives/class-names";

const width = 46;
const height = 16;
/** Room for the dot at the right end and at the top and foot. */
const plotWidth = 43;
const inset = 1.6;

export interface SparklineProps {
  /** One a moment, oldest first, now last; null where nothing was measured: the line has a gap there. */
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
  const x = (index: number) => (index * step).toFixed(1);
  const y = (value: number) =>
    (height - inset - (Math.min(top, Math.max(0, value)) / top) * (height - 2 * inset)).toFixed(1);

  let line = "";
  let area = "";
  let run: string[] = [];
  let firstX = "";
  values.forEach((value, index) => {
    if (value === null) return;
    if (run.length === 0) firstX = x(index);
    run.push(`${x(index)} ${y(value)}`);
    if (values[index + 1] != null) return;
    // A moment alone is a dot: a line without length, with round ends.
    line += `M${run.join("L")}${run.length === 1 ? "h0" : ""}`;
    area += `M${firstX} ${height}L${run.join("L")}L${x(index)} ${height}z`;
    run = [];
  });
  const hot = threshold !== undefined && last > threshold;
  return (
    <svg
      data-slot="sparkline"
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      className={cn("block h-4 w-[46px] shrink-0 overflow-visible", className)}
    >
      <path d={area} className={hot ? "fill-status-stuck-fill/7" : "fill-chart-2/12"} />
      <path
        d={line}
        fill="none"
        strokeWidth="1.25"
        strokeLinecap="round"
        strokeLinejoin="round"
        className={hot ? "stroke-status-stuck-fill" : "stroke-chart-2"}
      />
      <circle
        cx={x(values.lastIndexOf(last))}
        cy={y(last)}
        r="1.6"
        className={hot ? "fill-status-stuck" : "fill-foreground"}
      />
    </svg>
  );
}
