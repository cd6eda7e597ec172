"use client";

import { useState } from "react";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../../primitives/select";
import { NumberInput } from "../../fields/number-input";
import { metricUnit } from "../words/metric-words";
import { NumberPill } from "./number-pill";
import { type PillProps, WindowPill } from "./pill";

const sizes = [
  ["KB", 1e3],
  ["MB", 1e6],
  ["GB", 1e9],
  ["TB", 1e12],
] as const;

/** The threshold of a number, in the unit that the number has. */
export function ValuePill({
  metric,
  value,
  onChange,
  ...pill
}: PillProps & { metric: string; value: number; onChange: (value: number) => void }) {
  const unit = metricUnit(metric);
  if (unit === "percent")
    return <NumberPill {...pill} value={value} onChange={onChange} presets={[50, 75, 80, 90, 95]} unit="%" />;
  if (unit === "number") return <NumberPill {...pill} value={value} onChange={onChange} presets={[]} />;
  return (
    <WindowPill {...pill}>
      {() => (
        <BytesInput
          label={pill.label}
          value={value}
          onChange={onChange}
          unit={unit === "bytes" ? "" : "a minute"}
        />
      )}
    </WindowPill>
  );
}

function BytesInput({
  label,
  value,
  onChange,
  unit,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
  unit: string;
}) {
  const [factor, setFactor] = useState(
    () => sizes.toReversed().find(([, size]) => value >= size)?.[1] ?? 1e6,
  );
  const pick = (next: string) => {
    const size = sizes.find(([name]) => name === next)?.[1];
    if (!size) return;
    setFactor(size);
    onChange((value / factor) * size);
  };
  return (
    <span className="flex items-center gap-1.5">
      <NumberInput aria-label={label} value={value} factor={factor} onChange={onChange} />
      <Select value={sizes.find(([, size]) => size === factor)?.[0] ?? "MB"} onValueChange={pick}>
        <SelectTrigger aria-label={`Unit of: ${label}`} className="w-20">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {sizes.map(([name]) => (
            <SelectItem key={name} value={name}>
              {name}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <span className="text-muted-foreground">{unit}</span>
    </span>
  );
}
