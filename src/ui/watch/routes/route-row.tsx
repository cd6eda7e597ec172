"use client";

import { ArrowDown, ArrowUp, Check, CornerDownRight, Pencil, Plus, Trash2 } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import type { Channel } from "@/contracts/watch/channel";
import { Badge } from "../../primitives/badge";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { cn } from "../../primitives/class-names";
import { routeSentence } from "./words/route-words";
import type { Placed } from "./words/tree";

/** One branch: its name, its sentence, and what can be done with it. Alt and an arrow key move it. */
export function RouteRow({
  placed,
  channels,
  because,
  hit,
  onMove,
  onEdit,
  onAdd,
  onRemove,
}: {
  placed: Placed;
  channels: readonly Channel[];
  because: string | undefined;
  hit: boolean;
  onMove: (by: -1 | 1) => void;
  onEdit: () => void;
  onAdd: () => void;
  onRemove: () => void;
}) {
  const { route, depth, at, of } = placed;
  const root = depth === 0;
  const row = useRef<HTMLLIElement>(null);
  const move = (by: -1 | 1) => {
    onMove(by);
    // The row moves in the page, and with it the focus would be lost.
    const held = document.activeElement;
    requestAnimationFrame(() => {
      if (held instanceof HTMLElement && row.current?.contains(held)) held.focus();
    });
  };
  const byKey = (event: KeyboardEvent) => {
    if (root || because || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? -1 : 1);
  };
  const off = because ? { offBecause: because } : {};
  const first = at === 0 ? { offBecause: "It is asked first among its siblings." } : off;
  const last = at === of - 1 ? { offBecause: "It is asked last among its siblings." } : off;
  return (
    <li
      ref={row}
      data-slot="route"
      data-hit={hit ? "" : undefined}
      onKeyDown={byKey}
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-1 border-border/62 border-t py-3 pr-3",
        hit && "bg-hand/7 shadow-[inset_2px_0_0_var(--hand)]",
      )}
      style={{ paddingLeft: `${16 + Math.max(0, depth - 1) * 20}px` }}
    >
      <div className="min-w-0 flex-1 basis-72">
        <h3 className="flex items-center gap-2 font-strong text-sm">
          {depth > 1 ? (
            <CornerDownRight
              aria-label="inside the branch below"
              className="size-3.5 text-faint-foreground"
            />
          ) : null}
          <span className="cut">{root ? "Everything else" : route.name}</span>
          {hit ? (
            <Badge variant="tinted" tone="hand">
              <Check aria-hidden="true" className="size-3" />
              goes here
            </Badge>
          ) : null}
        </h3>
        <p className="mt-0.5 text-pretty text-muted-foreground leading-5">
          {routeSentence(placed, channels)}
        </p>
      </div>
      <span className="flex max-md:ml-auto">
        {root ? null : (
          <>
            <ButtonWithReason
              variant="ghost"
              size="icon"
              aria-label={`Ask ${route.name} earlier`}
              onClick={() => move(-1)}
              {...first}
            >
              <ArrowUp aria-hidden="true" />
            </ButtonWithReason>
            <ButtonWithReason
              variant="ghost"
              size="icon"
              aria-label={`Ask ${route.name} later`}
              onClick={() => move(1)}
              {...last}
            >
              <ArrowDown aria-hidden="true" />
            </ButtonWithReason>
          </>
        )}
        <ButtonWithReason
          variant="ghost"
          size="icon"
          aria-label={root ? "Add a branch" : `Add a branch inside ${route.name}`}
          onClick={onAdd}
          {...off}
        >
          <Plus aria-hidden="true" />
        </ButtonWithReason>
        <ButtonWithReason
          variant="ghost"
          size="icon"
          aria-label={root ? "Change where everything else goes" : `Change ${route.name}`}
          onClick={onEdit}
          {...off}
        >
          <Pencil aria-hidden="true" />
        </ButtonWithReason>
        {root ? null : (
          <ButtonWithReason
            variant="ghost"
            size="icon"
            aria-label={`Take ${route.name} away`}
            onClick={onRemove}
            {...off}
          >
            <Trash2 aria-hidden="true" />
          </ButtonWithReason>
        )}
      </span>
    </li>
  );
}
