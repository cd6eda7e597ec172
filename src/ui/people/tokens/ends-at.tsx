"use client";

import { isToldByDate } from "../../format/relative-time";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";

/** "in 3 d", "3 d ago", or the date when it is far away; "never" for what lasts until it is revoked. */
export function EndsAt({ at, over }: { at: string | null; over: boolean }) {
  const nowMs = useNow();
  if (at === null) return "never";
  if (over) return <RelativeTime at={at} suffix="ago" />;
  return (
    <>
      {isToldByDate(at, nowMs) ? null : "in "}
      <RelativeTime at={at} />
    </>
  );
}
