"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useLate } from "../../live/hooks";
import { Checkbox } from "../../primitives/checkbox";
import { cn } from "../../primitives/class-names";
import { Table, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { AgentRow } from "./agent-row";
import { lateClasses } from "./late-classes";
import type { Selection } from "./use-selection";

const rowPx = 32;
const headPx = 28;
/** What is drawn before the browser has measured: the server does not know the screen, and it must be the same there. */
const firstRect = { width: 1_200, height: 24 * rowPx };

export interface AgentTableProps {
  ids: readonly string[];
  /** How many rows there are: more than `ids` until the first snapshot is here. */
  count: number;
  selection: Selection;
  active: string | null;
  onOpen: (id: string) => void;
  onHold: (held: { pointer?: boolean; focus?: boolean }) => void;
  onToggle: (id: string, extend: boolean) => void;
  /** Stands where no row is. */
  empty?: ReactNode;
}

/** Widths in px; "Now" takes what is left. Columns go in the order tags, group, memory, host when it gets narrow. */
function Columns() {
  return (
    <colgroup>
      <col className="w-[38px]" />
      <col className="w-[142px]" />
      <col className="w-[148px]" />
      <col />
      <col className="w-[64px]" />
      <col className="w-[86px] max-lg:hidden" />
      <col className="w-[100px]" />
      <col className="w-[68px] max-lg:hidden" />
      <col className="w-[104px] max-xl:hidden" />
      <col className="w-[108px] max-xl:hidden" />
      <col className="w-[38px]" />
    </colgroup>
  );
}

function Heads({ ids, selection }: Pick<AgentTableProps, "ids" | "selection">) {
  const chosen = ids.filter((id) => selection.ids.has(id)).length;
  const all = ids.length > 0 && chosen === ids.length;
  return (
    <TableHeader>
      <tr aria-rowindex={1}>
        <TableHead>
          <Checkbox
            aria-label={all ? "Select none" : "Select all rows"}
            checked={all || (chosen > 0 && "indeterminate")}
            onCheckedChange={() => selection.set(all ? [] : ids)}
          />
        </TableHead>
        <TableHead aria-sort="descending">
          <span className="inline-flex items-center gap-1">
            Status <ArrowDown aria-hidden="true" className="size-3" />
          </span>
        </TableHead>
        <TableHead>Agent</TableHead>
        <TableHead>Now</TableHead>
        <TableHead numeric>Last beat</TableHead>
        <TableHead className="max-lg:hidden">Host</TableHead>
        <TableHead>CPU, 10 min</TableHead>
        <TableHead numeric className="max-lg:hidden">
          Memory
        </TableHead>
        <TableHead className="max-xl:hidden">Group</TableHead>
        <TableHead className="max-xl:hidden">Tags</TableHead>
        <TableHead>
          <span className="sr-only">Alert</span>
        </TableHead>
      </tr>
    </TableHeader>
  );
}

/** The fleet as a table. Only the rows in sight are drawn, so that 10,000 cost what 40 do. */
export function AgentTable(props: AgentTableProps) {
  const { ids, count, selection, active, onHold } = props;
  const scroller = useRef<HTMLElement>(null);
  const late = useLate();
  const rows = useVirtualizer({
    count,
    initialRect: firstRect,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => ids[index] ?? index,
    estimateSize: () => rowPx,
    scrollPaddingStart: headPx,
    overscan: 10,
  });
  const activeAt = active === null ? -1 : ids.indexOf(active);
  useEffect(() => {
    if (activeAt !== -1) rows.scrollToIndex(activeAt, { align: "auto" });
  }, [activeAt, rows]);

  const items = rows.getVirtualItems().filter(({ index }) => index < ids.length);
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      aria-label="Agents"
      tabIndex={-1}
      onPointerEnter={(event) => event.pointerType === "mouse" && onHold({ pointer: true })}
      onPointerLeave={() => onHold({ pointer: false })}
      onFocus={() => onHold({ focus: true })}
      onBlur={() => onHold({ focus: false })}
      className={cn("relative min-h-0 flex-1 overflow-auto outline-none max-md:hidden", late && lateClasses)}
    >
      <Table aria-rowcount={count + 1}>
        <Columns />
        <Heads ids={ids} selection={selection} />
        <TableBody>
          {before > 0 ? <Spacer px={before} /> : null}
          {items.map((item) => {
            const id = ids[item.index];
            return id === undefined ? null : (
              <AgentRow
                key={id}
                id={id}
                place={item.index}
                selected={selection.ids.has(id)}
                active={id === active}
                onToggle={props.onToggle}
                onOpen={props.onOpen}
              />
            );
          })}
          {after > 0 ? <Spacer px={after} /> : null}
        </TableBody>
      </Table>
      {ids.length === 0 ? props.empty : <div className="h-16" />}
    </section>
  );
}

function Spacer({ px }: { px: number }) {
  return (
    <tr>
      <td style={{ height: px }} />
    </tr>
  );
}
