"use client";

import { alertLabels } from "@/contracts/watch/matcher";
import { Chip } from "../../primitives/chip";
import { groupWords } from "./words/route-words";

/** Labels whose equal values make one message. */
export function GroupByField({
  value,
  above,
  isRoot,
  onChange,
}: {
  value: readonly string[] | null;
  above: readonly string[];
  isRoot: boolean;
  onChange: (labels: string[] | null) => void;
}) {
  const labels = [...new Set([...alertLabels, ...(value ?? [])])];
  const chosen = value ?? [];
  const toggle = (label: string) =>
    onChange(chosen.includes(label) ? chosen.filter((one) => one !== label) : [...chosen, label]);
  return (
    <fieldset aria-label="Grouped by">
      <h3 className="mb-1.5 font-medium text-xs">One message for all with the same</h3>
      <div className="flex flex-wrap gap-1.5">
        {isRoot ? null : (
          <Chip pressed={value === null} onClick={() => onChange(null)}>
            as above
          </Chip>
        )}
        {labels.map((label) => (
          <Chip key={label} pressed={value?.includes(label) ?? false} onClick={() => toggle(label)}>
            {label}
          </Chip>
        ))}
      </div>
      <p className="mt-1 text-muted-foreground text-xs">
        {value === null ? `As above: ${groupWords(above)}.` : `${groupWords(value)}.`}
      </p>
    </fieldset>
  );
}
