"use client";

import { X } from "lucide-react";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { Button } from "../../primitives/button";
import { Chip } from "../../primitives/chip";
import { Input } from "../../primitives/input";
import { dayNames, windowWords } from "../words/window-words";

const zones = (): string[] => ["UTC", ...Intl.supportedValuesOf("timeZone")];

/** One set of hours that come back: days, from, to and zone. Without `onRemove` it stays. */
export function WindowEditor({
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
  onRemove?: () => void;
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
        {onRemove ? (
          <Button
            variant="ghost"
            size="icon"
            className="ml-auto"
            aria-label={`Remove ${name}`}
            onClick={onRemove}
          >
            <X aria-hidden="true" />
          </Button>
        ) : null}
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
