"use client";

import { ChevronRight } from "lucide-react";
import type { Notification } from "@/contracts/watch/notification";
import { ExactTime } from "../../format/time";
import { Checkbox } from "../../primitives/checkbox";
import { cn } from "../../primitives/class-names";
import {
  Table,
  TableActionCell,
  TableActionHead,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../primitives/table";
import { answerWords } from "../answer-words";
import { SendAgain } from "../send-again";
import { deliveryEventWords } from "./delivery-filter";
import { DeliveryOpened } from "./delivery-opened";
import { DeliveryState } from "./delivery-state";

export interface DeliveryTableProps {
  rows: readonly Notification[];
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
  /** The message whose alerts and tries are shown under it. */
  opened: string | null;
  onOpen: (id: string) => void;
}

export function DeliveryTable({ rows, picked, onPick, opened, onOpen }: DeliveryTableProps) {
  const dead = rows.filter(({ state }) => state === "dead");
  const all = dead.length > 0 && dead.every(({ id }) => picked.has(id));
  const toggle = (id: string, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    onPick(next);
  };
  return (
    <Table>
      <colgroup>
        <col className="w-9 max-md:hidden" />
        <col className="w-24 max-md:w-[84px]" />
        <col />
        <col className="w-32 max-md:hidden" />
        <col className="w-36" />
        <col className="w-44 max-lg:hidden" />
        <col className="w-14 max-lg:hidden" />
        <col className="w-32 max-md:hidden" />
      </colgroup>
      <TableHeader>
        <tr>
          <TableHead className="max-md:hidden">
            {dead.length > 1 ? (
              <Checkbox
                aria-label={all ? "Pick none" : "Pick all that were given up"}
                checked={all || (dead.some(({ id }) => picked.has(id)) && "indeterminate")}
                onCheckedChange={() => onPick(new Set(all ? [] : dead.map(({ id }) => id)))}
              />
            ) : (
              <span className="sr-only">Pick</span>
            )}
          </TableHead>
          <TableHead className="max-md:pl-4">Time</TableHead>
          <TableHead>About</TableHead>
          <TableHead className="max-md:hidden">To</TableHead>
          <TableHead>State</TableHead>
          <TableHead className="max-lg:hidden">Last answer</TableHead>
          <TableHead numeric className="max-lg:hidden">
            Tries
          </TableHead>
          <TableActionHead className="max-md:hidden" />
        </tr>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            picked={picked.has(row.id)}
            onPick={(on) => toggle(row.id, on)}
            opened={opened === row.id}
            onOpen={() => onOpen(row.id)}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function Row({
  row,
  picked,
  onPick,
  opened,
  onOpen,
}: {
  row: Notification;
  picked: boolean;
  onPick: (on: boolean) => void;
  opened: boolean;
  onOpen: () => void;
}) {
  return (
    <>
      <TableRow selected={picked}>
        <TableCell className="max-md:hidden">
          {row.state === "dead" ? (
            <Checkbox
              aria-label={`Pick the message about ${row.title} to ${row.channelName}`}
              checked={picked}
              onCheckedChange={(on) => onPick(on === true)}
            />
          ) : null}
        </TableCell>
        <TableCell className="num text-muted-foreground text-xs max-md:pl-4">
          <ExactTime at={row.createdAt} />
        </TableCell>
        <TableCell className="max-md:h-14">
          <span className="flex items-center gap-2">
            <button
              type="button"
              aria-expanded={opened}
              onClick={onOpen}
              title={row.title}
              className="flex min-w-0 items-center gap-1 rounded-sm text-left hover:underline max-md:min-h-7"
            >
              <ChevronRight
                aria-hidden="true"
                className={cn("size-3 shrink-0 text-faint-foreground", opened && "rotate-90")}
              />
              <span className="cut font-strong">{row.title}</span>
            </button>
            <span className="shrink-0 text-muted-foreground text-xs max-md:hidden">
              {deliveryEventWords(row)}
            </span>
          </span>
          <span className="block truncate text-muted-foreground text-xs md:hidden">
            {row.channelName} · {deliveryEventWords(row)}
          </span>
        </TableCell>
        <TableCell className="max-md:hidden">{row.channelName}</TableCell>
        <TableCell className="max-md:py-2">
          <DeliveryState delivery={row} />
          {row.state === "dead" ? <SendAgain delivery={row} className="mt-1.5 flex md:hidden" /> : null}
        </TableCell>
        <TableCell className="text-muted-foreground max-lg:hidden" title={row.lastAnswer ?? undefined}>
          {row.attempts > 0 ? answerWords(row.lastStatus ?? 0, row.lastAnswer) : "–"}
        </TableCell>
        <TableCell numeric className="max-lg:hidden">
          {row.attempts}
        </TableCell>
        <TableActionCell className="max-md:hidden">
          {row.state === "dead" ? <SendAgain delivery={row} /> : null}
        </TableActionCell>
      </TableRow>
      {opened ? (
        <tr>
          <td colSpan={8} className="border-border/62 border-b bg-muted/40 px-4 py-3">
            <DeliveryOpened id={row.id} state={row.state} attempts={row.attempts} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
