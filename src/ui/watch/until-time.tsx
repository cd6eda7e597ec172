"use client";

import { exactTime, shortClockTime } from "../format/exact-time";
import { type Instant, toMs } from "../format/instant";
import { useNow, useOwnZone } from "../format/ticker";
import { dayAndClock, untilWords } from "./until-words";

/**
 * Until when, with how long that still is: "16:00, 52 min left", "Tue 8:00, 2 d 14 h left"; exact on hover. `clock`: how
 * the time of day is written.
 */
export function UntilTime({
  at,
  clock = (ms) => shortClockTime(ms),
  className,
}: {
  at: Instant;
  clock?: (ms: number, nowMs: number) => string;
  className?: string;
}) {
  const nowMs = useNow();
  const ownZone = useOwnZone();
  const ms = toMs(at);
  if (!ownZone || nowMs === 0) return <span className={className}>–</span>;
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      title={exactTime(ms)}
      className={className ? `num ${className}` : "num"}
    >
      {untilWords(ms, nowMs, clock(ms, nowMs))}
    </time>
  );
}

/** A moment to come, with its day where that is not today: "16:00", "tomorrow 8:00", "Tue 8:00". */
export function DayTime({ at }: { at: Instant }) {
  const nowMs = useNow();
  const clock = shortClockTime(at);
  return nowMs === 0 ? clock : dayAndClock(toMs(at), nowMs, clock);
}
