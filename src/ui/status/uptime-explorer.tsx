"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { cn } from "../primitives/class-names";
import { UptimeStrip, type UptimeStripProps } from "./uptime-strip";

/** A strip to look into: hover or arrow keys show the facts of a slice above it. */
export function UptimeExplorer({ className, ...props }: Omit<UptimeStripProps, "fluid">) {
  const { slices, name } = props;
  const [at, setAt] = useState<number | null>(null);
  const last = slices.length - 1;
  const label = at === null ? undefined : slices[at]?.label;

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - box.left) / box.width) * slices.length);
    setAt(Math.min(last, Math.max(0, index)));
  };
  const press = (event: KeyboardEvent) => {
    const from = at ?? last;
    const moves: Record<string, number> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setAt(Math.min(last, Math.max(0, to)));
  };

  return (
    <div
      data-slot="uptime-explorer"
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={at ?? last}
      aria-valuetext={slices[at ?? last]?.label ?? slices[at ?? last]?.state ?? "no data"}
      className={cn("relative min-w-0", className)}
      onPointerMove={point}
      onPointerLeave={() => setAt(null)}
      onKeyDown={press}
      onBlur={() => setAt(null)}
    >
      <UptimeStrip {...props} fluid />
      {label ? (
        <span
          aria-hidden="true"
          className="num pointer-events-none absolute bottom-[calc(100%+6px)] z-20 -translate-x-1/2 whitespace-pre rounded-md bg-primary px-2.25 py-1.25 text-primary-foreground text-xs leading-[17px]"
          style={{ left: `clamp(80px, ${(((at ?? 0) + 0.5) / slices.length) * 100}%, calc(100% - 80px))` }}
        >
          {label}
        </span>
      ) : null}
    </div>
  );
}
