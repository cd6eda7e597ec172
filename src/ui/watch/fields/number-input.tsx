"use client";

import { type ComponentProps, useState } from "react";
import { Input } from "../../primitives/input";
import { amountOf } from "./span-units";

/** A number that is typed. `factor` is what one of its unit is worth: 1,000,000 for MB. What is none comes out as NaN. */
export function NumberInput({
  value,
  onChange,
  factor = 1,
  ...rest
}: Omit<ComponentProps<typeof Input>, "value" | "onChange"> & {
  value: number;
  onChange: (value: number) => void;
  factor?: number;
}) {
  const shown = (number: number) => (Number.isFinite(number) ? String(number / factor) : "");
  const [typed, setTyped] = useState({ text: shown(value), value, factor });
  const text = Object.is(typed.value, value) && typed.factor === factor ? typed.text : shown(value);
  return (
    <Input
      inputMode="decimal"
      autoComplete="off"
      className="num w-28"
      {...rest}
      value={text}
      onChange={({ target }) => {
        const next = amountOf(target.value) * factor;
        setTyped({ text: target.value, value: next, factor });
        onChange(next);
      }}
    />
  );
}
