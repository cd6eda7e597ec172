"use client";

import { Plus, X } from "lucide-react";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { Button } from "../../primitives/button";
import { Chip } from "../../primitives/chip";
import { Input } from "../../primitives/input";
import { dayNames, windowWords } from "../words/window-words";

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const zones = (): string[] => ["UTC", ...Intl.supportedValuesOf("timeZone")];

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

function WindowEditor({
  name,
  window,
  problem,
  onChange,
  onRemove,
}: {
  name: string;
  window: TimeWindow;
  problem: string | undefined;
  onChange: (patch: Partial<TimeWindow>) => void;
  onRemove: () => void;
}) {
  const toggle = (day: number) => {
    const days = window.days.includes(day)
      ? window.days.filter((one) => one !== day)
      : [...window.days, day].sort();
    onChange({ days });
  };
  const zoneList = `${name.replaceAll(" ", "-")}-zones`;
  return (
    <fieldset aria-label={`${name}: ${windowWords(window)}`} className="rounded-md border p-2">
      <div className="flex flex-wrap items-center gap-1">
        {dayNames.map((day, index) => (
          <Chip
            key={day}
            pressed={window.days.includes(index + 1)}
            onClick={() => toggle(index + 1)}
            className="px-1.5"
          >
            {day}
          </Chip>
        ))}
        <Button
          variant="ghost"
          size="icon"
          className="ml-auto"
          aria-label={`Remove ${name}`}
          onClick={onRemove}
        >
          <X aria-hidden="true" />
        </Button>
      </div>
      <div className="mt-1.5 flex flex-wrap items-center gap-1.5 text-muted-foreground text-xs">
        from
        <Input
          type="time"
          aria-label={`${name} from`}
          className="num w-[104px]"
          value={window.from}
          onChange={({ target }) => onChange({ from: target.value })}
        />
        to
        <Input
          type="time"
          aria-label={`${name} to`}
          className="num w-[104px]"
          value={window.to}
          onChange={({ target }) => onChange({ to: target.value })}
        />
        <Input
          aria-label={`Time zone of ${name}`}
          list={zoneList}
          className="w-40"
          value={window.zone}
          onChange={({ target }) => onChange({ zone: target.value })}
        />
        <datalist id={zoneList}>
          {zones().map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      {problem ? (
        <p role="alert" className="mt-1 text-destructive text-xs">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}
