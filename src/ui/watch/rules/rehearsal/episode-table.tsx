"use client";

import { useState } from "react";
import type { Rehearsal } from "@/contracts/watch/rehearsal";
import { formatDuration } from "../../../format/duration";
import { exactTime, shortClockTime } from "../../../format/exact-time";
import { countOf } from "../../../format/quantity";
import { Button } from "../../../primitives/button";

const first = 6;

/** "Fri 08:20", and nothing to guess on hover. */
function dayTime(at: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" }).format(Date.parse(at));
  return `${day}, ${shortClockTime(at)}`;
}

/** Each time it would have fired, the newest first: when, for whom, how long, and why. */
export function EpisodeTable({ rehearsal }: { rehearsal: Rehearsal }) {
  const [all, setAll] = useState(false);
  const newest = [...rehearsal.episodes].sort((one, other) => other.firedAt.localeCompare(one.firedAt));
  const shown = all ? newest : newest.slice(0, first);
  if (newest.length === 0) return null;
  return (
    <>
      <table className="num mt-2 w-full table-fixed text-xs" data-slot="episodes">
        <caption className="sr-only">Each time it would have fired</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">When</th>
            <th scope="col">For whom</th>
            <th scope="col">How long</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <colgroup>
          <col className="w-[104px]" />
          <col className="w-[32%]" />
          <col className="w-[112px] max-md:w-[84px]" />
          <col className="max-md:hidden" />
        </colgroup>
        <tbody>
          {shown.map(({ subject, firedAt, resolvedAt, summary }) => {
            const lastedMs = Date.parse(resolvedAt ?? rehearsal.to) - Date.parse(firedAt);
            return (
              <tr
                key={`${subject.id}-${firedAt}`}
                className="[&>td]:h-7 [&>td]:border-border/62 [&>td]:border-t"
              >
                <td title={exactTime(firedAt)}>{dayTime(firedAt)}</td>
                <td className="cut font-strong" title={subject.name}>
                  {subject.name}
                </td>
                <td className="cut text-muted-foreground">
                  {formatDuration(lastedMs)}
                  {resolvedAt ? "" : ", still on"}
                </td>
                <td className="cut text-muted-foreground max-md:hidden" title={summary}>
                  {summary}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {newest.length > first ? (
        <Button variant="ghost" className="mt-1 -ml-2.5" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${countOf(newest.length, "time")}`}
        </Button>
      ) : null}
      {rehearsal.firings > newest.length ? (
        <p className="mt-1 text-muted-foreground text-xs">The newest {newest.length} are listed.</p>
      ) : null}
    </>
  );
}
