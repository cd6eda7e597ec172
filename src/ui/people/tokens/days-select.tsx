"use client";

import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../primitives/select";

const choices = [
  ["7", "7 days"],
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "a year"],
  ["never", "until it is revoked"],
] as const;

/** How long a token lives, in days; "never": no end. */
export function DaysSelect({ value, onChange }: { value: string; onChange: (days: string) => void }) {
  return (
    <Select value={value} onValueChange={onChange}>
      <SelectTrigger size="lg">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {choices.map(([days, words]) => (
          <SelectItem key={days} value={days}>
            {words}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
