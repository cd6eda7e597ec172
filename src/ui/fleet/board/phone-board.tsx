"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { formatCount } from "../../format/quantity";
import { useCallingAlerts, useLate } from "../../live/hooks";
import { useLive } from "../../live/live-context";
import { cn } from "../../primitives/class-names";
import { lateClasses } from "./late-classes";
import { PhoneHotCard } from "./phone-hot-card";
import { PhoneRow } from "./phone-row";
import { type PhoneSection, phoneSections } from "./phone-sections";

const headPx = 40;
const rowPx = 60;
const cardPx = 150;

type Item =
  | { kind: "head"; key: string; section: PhoneSection }
  | { kind: "card"; key: string; id: string }
  | { kind: "row"; key: string; id: string };

function itemsOf(sections: readonly PhoneSection[], fineOpen: boolean): Item[] {
  return sections.flatMap((section): Item[] => {
    const head: Item = { kind: "head", key: section.id, section };
    if (section.id === "fine" && !fineOpen) return [head];
    const rows = section.ids.map((id, index): Item => {
      // The first card carries the buttons; a wall of cards would bury the rest.
      const card = section.id === "now" && index === 0;
      return { kind: card ? "card" : "row", key: id, id };
    });
    return [head, ...rows];
  });
}

/** The board in a hand: the worst first, what is fine folded. */
export function PhoneBoard({ ids, empty }: { ids: readonly string[]; empty?: ReactNode }) {
  const { store } = useLive();
  const scroller = useRef<HTMLDivElement>(null);
  const late = useLate();
  const [opened, setOpened] = useState<boolean | null>(null);
  const calling = useCallingAlerts();
  const sections = useMemo(() => {
    const calls = new Set(calling.map(({ agentId }) => agentId));
    return phoneSections(ids, store.picture.agents, calls);
  }, [ids, store, calling]);
  // Folded only while there is something worse to look at.
  const fineOpen = opened ?? sections.every(({ id }) => id === "fine");
  const items = useMemo(() => itemsOf(sections, fineOpen), [sections, fineOpen]);
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: (index) => {
      const kind = items[index]?.kind;
      return kind === "head" ? headPx : kind === "card" ? cardPx : rowPx;
    },
    overscan: 8,
  });
  return (
    <div ref={scroller} className={cn("min-h-0 flex-1 overflow-y-auto", late && lateClasses)}>
      {ids.length === 0 ? empty : null}
      <ul aria-label="Agents, worst first" className="relative" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((place) => {
          const item = items[place.index];
          if (!item) return null;
          return (
            <li
              key={item.key}
              ref={list.measureElement}
              data-index={place.index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${place.start}px)` }}
            >
              {item.kind === "head" ? (
                <SectionHead section={item.section} open={fineOpen} onToggle={() => setOpened(!fineOpen)} />
              ) : item.kind === "card" ? (
                <PhoneHotCard id={item.id} />
              ) : (
                <PhoneRow id={item.id} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function SectionHead({
  section,
  open,
  onToggle,
}: {
  section: PhoneSection;
  open: boolean;
  onToggle: () => void;
}) {
  const count = (
    <span className="num font-normal text-muted-foreground">{formatCount(section.ids.length)}</span>
  );
  const classes = cn(
    "flex w-full items-center justify-between px-4 pt-3.5 pb-1.5 font-strong text-muted-foreground text-xs",
    section.id === "now" && "text-status-offline",
  );
  if (section.id !== "fine") {
    return (
      <h2 className={classes}>
        {section.title}
        {count}
      </h2>
    );
  }
  return (
    <h2>
      <button type="button" aria-expanded={open} onClick={onToggle} className={cn(classes, "min-h-11")}>
        <span className="flex items-center gap-1.5">
          {section.title}
          <ChevronDown aria-hidden="true" className={cn("size-3.5", !open && "-rotate-90")} />
        </span>
        {count}
      </button>
    </h2>
  );
}
