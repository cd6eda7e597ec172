import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export interface Definition {
  label: string;
  value: ReactNode;
  /** Ids, hosts, keys. */
  mono?: boolean;
}

/** Names and values in two columns, as in the evidence of a status. */
export function DefinitionList({
  rows,
  className,
  ...props
}: ComponentProps<"dl"> & { rows: readonly Definition[] }) {
  return (
    <dl
      data-slot="definition-list"
      className={cn("num grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5 gap-y-1 text-xs", className)}
      {...props}
    >
      {rows.map((row) => (
        <div key={row.label} className="contents">
          <dt className="text-muted-foreground">{row.label}</dt>
          <dd className={cn("min-w-0 break-words", row.mono && "mono")}>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
