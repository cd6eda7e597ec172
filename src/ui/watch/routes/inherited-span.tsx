"use client";

import { Button } from "../../primitives/button";
import { SpanInput } from "../fields/span-input";
import { spanWords } from "../words/span-words";

/** A time of its own, or the one of the branch above. */
export function InheritedSpan({
  label,
  hint,
  value,
  above,
  zero,
  problem,
  onChange,
}: {
  label: string;
  hint: string;
  value: number | null;
  above: number;
  /** How no time at all is called. */
  zero?: string;
  problem: string | undefined;
  onChange: (ms: number | null) => void;
}) {
  const words = above === 0 && zero ? zero : spanWords(above);
  return (
    <div className="grid grid-cols-[200px_minmax(0,1fr)] items-center gap-x-3 gap-y-1 max-md:grid-cols-1">
      <span>
        <span className="font-medium text-xs">{label}</span>
        <span className="block text-2xs text-muted-foreground">{hint}</span>
      </span>
      {value === null ? (
        <span className="flex items-center gap-2">
          <span className="text-muted-foreground">{words}, as above</span>
          <Button variant="ghost" aria-label={`Set its own: ${label}`} onClick={() => onChange(above)}>
            Set its own
          </Button>
        </span>
      ) : (
        <span className="flex flex-wrap items-center gap-2">
          <SpanInput label={label} value={value} onChange={onChange} />
          <Button variant="ghost" aria-label={`As above: ${label}`} onClick={() => onChange(null)}>
            As above
          </Button>
        </span>
      )}
      {problem ? (
        <p role="alert" className="col-span-full text-destructive text-xs">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
