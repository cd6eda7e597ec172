import { cn } from "../primitives/class-names";
import { formatBytes, formatPercent, type Quantity } from "./quantity";

/** A number with a quiet unit. Figures keep their width while they change. */
export function Measure({ quantity, className }: { quantity: Quantity; className?: string }) {
  if (!quantity.unit) return <span className={cn("text-faint-foreground", className)}>{quantity.value}</span>;
  return (
    <span data-slot="measure" className={cn("num whitespace-nowrap", className)}>
      {quantity.value}
      <span className="ml-px text-[0.9em] text-faint-foreground"> {quantity.unit}</span>
    </span>
  );
}

export function Bytes({ bytes, className }: { bytes: number | null | undefined; className?: string }) {
  return <Measure quantity={formatBytes(bytes)} className={className ?? ""} />;
}

export function Percent({
  percent,
  digits = 0,
  className,
}: {
  percent: number | null | undefined;
  digits?: number;
  className?: string;
}) {
  return <Measure quantity={formatPercent(percent, digits)} className={className ?? ""} />;
}
