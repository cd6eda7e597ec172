"use client";

import Link from "next/link";
import { memo } from "react";
import { useAgent } from "../../live/hooks";
import { Badge } from "../../primitives/badge";
import { Checkbox } from "../../primitives/checkbox";
import { cn } from "../../primitives/class-names";
import { TableCell, TableRow } from "../../primitives/table";
import { useOthersIntent } from "../action/use-others-intent";
import { AlertBell } from "./alert-bell";
import { BeatCell, CpuCell, MemoryCell } from "./measure-cells";
import { NowCell } from "./now-cell";
import { StatusCell } from "./status-cell";

export interface AgentRowProps {
  id: string;
  /** Place among all rows, 0 is the first: told to assistive technology, since only some rows are drawn. */
  place: number;
  selected: boolean;
  active: boolean;
  onToggle: (id: string, extend: boolean) => void;
  onOpen: (id: string) => void;
}

/** One agent, one line of 32 px. */
export const AgentRow = memo(function AgentRow(props: AgentRowProps) {
  const { id, place, selected, active, onToggle, onOpen } = props;
  const agent = useAgent(id);
  const intent = useOthersIntent(id);
  if (!agent) return null;
  return (
    <TableRow
      id={`row-${id}`}
      aria-rowindex={place + 2}
      data-status={agent.status}
      data-agent={agent.name}
      selected={selected}
      held={intent !== undefined}
      alarmed={agent.status === "offline"}
      dimmed={agent.status === "unknown" || agent.status === "never-connected"}
      onClick={() => onOpen(id)}
      className={cn(
        "cursor-default",
        active && "[&>td:first-child]:shadow-[inset_2px_0_0_var(--foreground)] [&>td]:bg-accent",
      )}
    >
      <TableCell onClick={(event) => event.stopPropagation()}>
        <Checkbox
          checked={selected}
          tabIndex={-1}
          aria-label={`Select ${agent.name}`}
          onClick={(event) => onToggle(id, event.shiftKey)}
        />
      </TableCell>
      <TableCell>
        <StatusCell id={id} />
      </TableCell>
      <TableCell>
        <Link
          href={`/agents/${id}`}
          prefetch={false}
          tabIndex={-1}
          onClick={(event) => event.stopPropagation()}
          title={agent.name}
          className="cut block font-strong hover:underline"
        >
          {agent.name}
        </Link>
      </TableCell>
      <TableCell>
        <NowCell id={id} />
      </TableCell>
      <TableCell numeric>
        <BeatCell id={id} />
      </TableCell>
      <TableCell className="mono max-lg:hidden" title={agent.host ?? undefined}>
        {agent.host}
      </TableCell>
      <TableCell className="overflow-visible">
        <CpuCell id={id} />
      </TableCell>
      <TableCell numeric className="max-lg:hidden">
        <MemoryCell id={id} />
      </TableCell>
      <TableCell className="text-muted-foreground max-xl:hidden" title={agent.group ?? undefined}>
        {agent.group}
      </TableCell>
      <TableCell className="max-xl:hidden">
        <span className="flex gap-1 overflow-hidden" title={agent.tags.join(", ")}>
          {agent.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      </TableCell>
      <TableCell>
        <AlertBell agentId={id} />
      </TableCell>
    </TableRow>
  );
});
