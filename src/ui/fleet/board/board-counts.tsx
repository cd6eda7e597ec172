"use client";

import { useMemo } from "react";
import { useGlance } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import { CountItem, Counts } from "../../status/counts";
import { countAgents, shownKinds } from "./counts-of";
import { type BoardFilter, toggled } from "./filter";

/** Counts of the whole fleet, each a filter. */
export function BoardCounts({
  filter,
  onFilterChange,
}: {
  filter: BoardFilter;
  onFilterChange: (filter: BoardFilter) => void;
}) {
  const agents = useAgents();
  const glance = useGlance();
  const total = glance?.agents ?? agents.length;
  const counts = useMemo(() => glance?.counts ?? countAgents(agents), [glance, agents]);
  const active = (counts.get("working") ?? 0) + (counts.get("idle") ?? 0) + (counts.get("waiting") ?? 0);
  return (
    <Counts
      label="Filter by status"
      end={
        <span className="num">
          <b className="font-strong text-foreground">{active.toLocaleString("en-GB")}</b> active
        </span>
      }
    >
      <CountItem
        count={total}
        word={total === 1 ? "agent" : "agents"}
        pressed={filter.kinds.length === 0}
        onPressedChange={() => onFilterChange({ ...filter, kinds: [] })}
        shortcut="1"
      />
      {shownKinds(counts, filter.kinds).map((kind, index) => (
        <CountItem
          key={kind.id}
          count={counts.get(kind.id) ?? 0}
          word={kind.word}
          look={kind}
          pressed={filter.kinds.includes(kind.id)}
          onPressedChange={() => onFilterChange({ ...filter, kinds: toggled(filter.kinds, kind.id) })}
          shortcut={String(index + 2)}
        />
      ))}
    </Counts>
  );
}
