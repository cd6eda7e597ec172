"use client";

import { Presets } from "../../fields/presets";
import { SpanInput } from "../../fields/span-input";
import { spanWords } from "../../words/span-words";
import { type PillProps, WindowPill } from "./pill";

const minute = 60_000;
const usual = [1, 2, 5, 10, 15, 30, 60].map((count) => count * minute);

/** A length of time: usual ones to press, or any other typed. `zero`: how none at all is called, where that may be. */
export function SpanPill({
  value,
  onChange,
  zero,
  presets = usual,
  ...pill
}: PillProps & {
  value: number;
  onChange: (ms: number) => void;
  zero?: string;
  presets?: readonly number[];
}) {
  const values = zero === undefined ? presets : [0, ...presets];
  return (
    <WindowPill {...pill}>
      {() => (
        <div className="grid gap-2.5">
          <Presets
            label="Usual times"
            values={values}
            value={value}
            words={(ms) => (ms === 0 && zero ? zero : spanWords(ms))}
            onPick={onChange}
          />
          <SpanInput label={pill.label} value={value} onChange={onChange} />
        </div>
      )}
    </WindowPill>
  );
}
