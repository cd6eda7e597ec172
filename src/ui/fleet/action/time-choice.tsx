"use client";

import { Field } from "../../primitives/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../primitives/select";

/** A duration out of a few. */
export function TimeChoice({
  label,
  hint,
  choices,
  valueMs,
  onChange,
}: {
  label: string;
  hint?: string;
  choices: readonly { ms: number; word: string }[];
  valueMs: number;
  onChange: (ms: number) => void;
}) {
  return (
    <Field label={label} hint={hint} className="w-32">
      <Select value={String(valueMs)} onValueChange={(value) => onChange(Number(value))}>
        <SelectTrigger>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {choices.map(({ ms, word }) => (
            <SelectItem key={ms} value={String(ms)}>
              {word}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </Field>
  );
}
