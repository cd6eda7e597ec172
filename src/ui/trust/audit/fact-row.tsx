"use client";

import { ArrowRight, ChevronDown } from "lucide-react";
import type { Fact } from "@/contracts/facts";
import { formatCount } from "../../format/quantity";
import { ExactTime } from "../../format/time";
import { cn } from "../../primitives/class-names";
import { TableCell, TableRow } from "../../primitives/table";
import { ActorMark } from "./actor-mark";
import { diffWords } from "./diff";
import { FactDetail } from "./fact-detail";
import { factDid, factDoneTo, factWhy, isTrouble } from "./fact-words";

const columns = 8;

/** One fact; it opens in place, so that the rows around it stay to be compared. */
export function FactRow({ fact, open, onToggle }: { fact: Fact; open: boolean; onToggle: () => void }) {
  const detailId = `fact-${fact.seq}`;
  const did = factDid(fact);
  const why = factWhy(fact);
  const loud = isTrouble(fact.kind) && "font-strong text-status-offline";
  return (
    <>
      <TableRow
        onClick={onToggle}
        className={cn(
          "cursor-pointer [&>td]:text-xs",
          open &&
            "[&>td:first-child]:shadow-[inset_2px_0_0_var(--foreground)] [&>td]:border-b-transparent [&>td]:bg-accent",
        )}
      >
        <TableCell className="num text-right text-muted-foreground max-md:hidden">
          {formatCount(fact.seq)}
        </TableCell>
        <TableCell className="num text-muted-foreground max-md:hidden">
          <ExactTime at={fact.at} millis className="mono" />
        </TableCell>
        <TableCell className="max-md:h-16 max-md:pl-4">
          <ActorMark actor={fact.actor} />
          <PhoneLines fact={fact} did={did} why={why} loud={loud} />
        </TableCell>
        <TableCell className={cn("max-md:hidden", loud)} title={did}>
          {did}
        </TableCell>
        <TableCell className="font-strong max-md:hidden" title={fact.target?.name}>
          {fact.target?.name}
        </TableCell>
        <TableCell className="text-muted-foreground max-lg:hidden" title={why ?? undefined}>
          {why}
        </TableCell>
        <TableCell className="max-lg:hidden">
          <Change fact={fact} />
        </TableCell>
        <TableCell className="text-right">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? detailId : undefined}
            aria-label={`Fact ${fact.seq}: ${[fact.actor.name, did, factDoneTo(fact)].filter(Boolean).join(" ")}`}
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
            className="inline-grid size-6 place-items-center rounded-md text-muted-foreground hover:text-foreground max-md:size-11"
          >
            <ChevronDown
              aria-hidden="true"
              className={cn("size-3.5 transition-transform duration-100", open && "rotate-180")}
            />
          </button>
        </TableCell>
      </TableRow>
      {open ? (
        <tr id={detailId}>
          <td
            colSpan={columns}
            className="border-border/62 border-b bg-accent px-4 pt-0.5 pb-3.5 shadow-[inset_2px_0_0_var(--foreground)] md:pl-[76px]"
          >
            <FactDetail fact={fact} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function PhoneLines({
  fact,
  did,
  why,
  loud,
}: {
  fact: Fact;
  did: string;
  why: string | null;
  loud: string | false;
}) {
  return (
    <span className="block md:hidden">
      <span className="cut block text-sm">
        <span className={cn(loud)}>{did}</span> <b className="font-strong">{factDoneTo(fact)}</b>
      </span>
      <span className="cut block text-muted-foreground">
        <ExactTime at={fact.at} />
        {why ? ` · ${why}` : ""}
      </span>
    </span>
  );
}

function Change({ fact }: { fact: Fact }) {
  const words = diffWords(fact);
  if (!words) return null;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {words.from === null ? null : (
        <>
          <span className="cut text-muted-foreground">{words.from}</span>
          <ArrowRight role="img" aria-label="became" className="size-[11px] shrink-0 text-faint-foreground" />
        </>
      )}
      <span className={cn("cut", words.from === null ? "text-muted-foreground" : "font-strong")}>
        {words.to}
      </span>
    </span>
  );
}
