"use client";

import { Plus } from "lucide-react";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { Button } from "../../primitives/button";
import { WindowEditor } from "./window-editor";

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** Hours that come back, each with its days and its zone. `problem` tells what is wrong with one of them. */
export function WindowsField({
  name,
  windows,
  onChange,
  disabled = false,
  problem,
}: {
  /** What happens in these hours: "Quiet hours". */
  name: string;
  windows: readonly TimeWindow[];
  onChange: (windows: TimeWindow[]) => void;
  disabled?: boolean;
  problem?: ((index: number) => string | undefined) | undefined;
}) {
  const put = (index: number, patch: Partial<TimeWindow>) =>
    onChange(windows.map((window, at) => (at === index ? { ...window, ...patch } : window)));
  return (
    <fieldset aria-label={name} className="grid gap-2" disabled={disabled}>
      {windows.map((window, index) => (
        <WindowEditor
          // Two equal windows are the same thing; while one is edited its place is what stays.
          key={placeKey(index)}
          name={`${name} ${index + 1}`}
          window={window}
          problem={problem?.(index)}
          onChange={(patch) => put(index, patch)}
          onRemove={() => onChange(windows.filter((_, at) => at !== index))}
        />
      ))}
      <Button
        className="justify-self-start"
        onClick={() =>
          onChange([...windows, { days: [1, 2, 3, 4, 5], from: "22:00", to: "06:00", zone: ownZone() }])
        }
      >
        <Plus aria-hidden="true" />
        Add hours
      </Button>
    </fieldset>
  );
}

const placeKey = (index: number) => `place-${index}`;
