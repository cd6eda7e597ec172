"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../primitives/button";
import { Input } from "../../primitives/input";

interface Row {
  id: number;
  name: string;
  value: string;
}

const recordOf = (rows: readonly Row[]) =>
  Object.fromEntries(rows.filter(({ name, value }) => name || value).map(({ name, value }) => [name, value]));

/** Labels that a rule adds to its alerts: a name and a value each. */
export function LabelsField({
  labels,
  onChange,
}: {
  labels: Readonly<Record<string, string>>;
  onChange: (labels: Record<string, string>) => void;
}) {
  // Rows and not the record: while a name is typed, two rows may have the same one for a moment.
  const [typed, setTyped] = useState(() => ({ rows: rowsOf(labels), next: 1_000, labels }));
  const rows = JSON.stringify(recordOf(typed.rows)) === JSON.stringify(labels) ? typed.rows : rowsOf(labels);
  const put = (next: Row[]) => {
    const record = recordOf(next);
    setTyped({ rows: next, next: typed.next + 1, labels: record });
    onChange(record);
  };
  const change = (id: number, patch: Partial<Row>) =>
    put(rows.map((row) => (row.id === id ? { ...row, ...patch } : row)));
  return (
    <fieldset aria-label="Labels" className="grid gap-1.5">
      {rows.map((row, index) => (
        <div key={row.id} className="flex items-center gap-1.5">
          <Input
            aria-label={`Name of label ${index + 1}`}
            className="mono w-32"
            placeholder="team"
            value={row.name}
            onChange={({ target }) => change(row.id, { name: target.value })}
          />
          =
          <Input
            aria-label={`Value of label ${index + 1}`}
            className="mono flex-1"
            placeholder="ops"
            value={row.value}
            onChange={({ target }) => change(row.id, { value: target.value })}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove label ${index + 1}`}
            onClick={() => put(rows.filter(({ id }) => id !== row.id))}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      <Button
        className="justify-self-start"
        onClick={() =>
          setTyped({
            ...typed,
            rows: [...rows, { id: typed.next, name: "", value: "" }],
            next: typed.next + 1,
          })
        }
      >
        <Plus aria-hidden="true" />
        Add a label
      </Button>
    </fieldset>
  );
}

function rowsOf(labels: Readonly<Record<string, string>>): Row[] {
  return Object.entries(labels).map(([name, value], id) => ({ id, name, value }));
}
