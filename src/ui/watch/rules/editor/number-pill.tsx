"use client";

import { NumberInput } from "../../fields/number-input";
import { Presets } from "../../fields/presets";
import { numberWords } from "../words/metric-words";
import { type PillProps, WindowPill } from "./pill";

/** A number: usual ones to press, or any other typed. */
export function NumberPill({
  value,
  onChange,
  presets,
  unit = "",
  ...pill
}: PillProps & {
  value: number;
  onChange: (value: number) => void;
  presets: readonly number[];
  /** Behind the number: "%", "times". */
  unit?: string;
}) {
  return (
    <WindowPill {...pill}>
      {() => (
        <div className="grid gap-2.5">
          {presets.length > 0 ? (
            <Presets
              label="Usual numbers"
              values={presets}
              value={value}
              words={(one) => `${numberWords(one)}${unit === "%" ? " %" : ""}`}
              onPick={onChange}
            />
          ) : null}
          <span className="flex items-center gap-2">
            <NumberInput aria-label={pill.label} value={value} onChange={onChange} />
            <span className="text-muted-foreground">{unit}</span>
          </span>
        </div>
      )}
    </WindowPill>
  );
}
