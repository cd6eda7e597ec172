"use client";

import { DropdownMenuItem } from "../../primitives/dropdown-menu";
import { untilTomorrowMs } from "./alert-words";

const spans = [
  [30 * 60_000, "30 min"],
  [3_600_000, "1 h"],
  [4 * 3_600_000, "4 h"],
] as const;

/** How long to be quiet. "Tomorrow 8:00" is by the clock of whoever picks it. */
export function SnoozeItems({ onPick }: { onPick: (forMs: number) => void }) {
  return (
    <>
      {spans.map(([ms, words]) => (
        <DropdownMenuItem key={ms} onSelect={() => onPick(ms)}>
          {words}
        </DropdownMenuItem>
      ))}
      <DropdownMenuItem onSelect={() => onPick(untilTomorrowMs(Date.now()))}>
        until tomorrow 8:00
      </DropdownMenuItem>
    </>
  );
}
