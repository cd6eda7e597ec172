"use client";

import { cn } from "../primitives/class-names";
import { clockTime, exactTime } from "./exact-time";
import { type Instant, noValue, toMs } from "./instant";
import { isToldByDate, relativeTime } from "./relative-time";
import { useNow, useOwnZone } from "./ticker";

export interface TimeProps {
  /** null: it never happened. */
  at: Instant | null | undefined;
  className?: string;
}

function machineTime(at: Instant): string | undefined {
  const ms = toMs(at);
  return Number.isFinite(ms) ? new Date(ms).toISOString() : undefined;
}

/** "3 s", "5 min": counts on by itself; the exact time in the user's zone on hover. `suffix` e.g. "ago". */
export function RelativeTime({ at, className, suffix }: TimeProps & { suffix?: string }) {
  const nowMs = useNow();
  const ownZone = useOwnZone();
  if (at === null || at === undefined) return <span className="text-faint-foreground">{noValue}</span>;
  const words = nowMs === 0 ? noValue : relativeTime(at, nowMs);
  return (
    <time
      data-slot="relative-time"
      dateTime={machineTime(at)}
      title={ownZone ? exactTime(at) : undefined}
      className={cn("num whitespace-nowrap", className)}
    >
      {suffix && nowMs !== 0 && !isToldByDate(at, nowMs) ? `${words} ${suffix}` : words}
    </time>
  );
}

/** "14:01:38" in the user's zone, the date on hover. The server draws its own zone, the browser puts it right. */
export function ExactTime({ at, className, millis = false }: TimeProps & { millis?: boolean }) {
  if (at === null || at === undefined) return <span className="text-faint-foreground">{noValue}</span>;
  return (
    <time
      data-slot="exact-time"
      dateTime={machineTime(at)}
      title={exactTime(at, { millis })}
      className={cn("num whitespace-nowrap", className)}
      suppressHydrationWarning
    >
      {clockTime(at, { millis })}
    </time>
  );
}
