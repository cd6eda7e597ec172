"use client";

import { useState } from "react";
import { cn } from "../../primitives/class-names";
import { Input } from "../../primitives/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../primitives/select";
import { amountOf, msOfUnit, type SpanUnit, spanUnits, splitSpan } from "./span-units";

/** A length of time as an amount and a unit. What is no number comes out as NaN and is refused by the schema. */
export function SpanInput({
  label,
  value,
  onChange,
  disabled = false,
  className,
}: {
  label: string;
  value: number;
  onChange: (ms: number) => void;
  disabled?: boolean;
  className?: string;
}) {
  const [typed, setTyped] = useState(() => {
    const { amount, unit } = splitSpan(value);
    return { text: String(amount), unit, ms: value };
  });
  // Somebody else (a preset, an undo) set another value: what was typed is no longer it.
  const current = Object.is(typed.ms, value)
    ? typed
    : { text: String(splitSpan(value).amount), unit: splitSpan(value).unit, ms: value };
  const put = (text: string, unit: SpanUnit) => {
    const ms = Math.round(amountOf(text) * msOfUnit(unit));
    setTyped({ text, unit, ms });
    onChange(ms);
  };
  return (
    <span className={cn("flex gap-1.5", className)}>
      <Input
        aria-label={label}
        inputMode="decimal"
        autoComplete="off"
        className="num w-20"
        disabled={disabled}
        value={current.text}
        onChange={(event) => put(event.target.value, current.unit)}
      />
      <Select
        value={current.unit}
        disabled={disabled}
        onValueChange={(next) => {
          const unit = spanUnits.find((one) => one.unit === next)?.unit;
          if (unit) put(current.text, unit);
        }}
      >
        <SelectTrigger
          id={undefined}
          aria-label={`Unit of: ${label}`}
          aria-describedby={undefined}
          className="w-[104px]"
        >
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {spanUnits.map(({ unit, name }) => (
            <SelectItem key={unit} value={unit}>
              {name}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </span>
  );
}
