"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { useGlance, useLoaded } from "../../live/hooks";
import { useLive } from "../../live/live-context";
import { useAgents } from "../../live/use-agents";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import { ShellPage } from "../../shell/shell-page";
import { AgentTable } from "./agent-table";
import { BoardCounts } from "./board-counts";
import { BoardSkeleton } from "./board-skeleton";
import { BoardTools } from "./board-tools";
import { BulkBar } from "./bulk-bar";
import { countAgents, shownKinds } from "./counts-of";
import { EmptyBoard } from "./empty-board";
import { filterToAddress, noFilter, toggled } from "./filter";
import { PhoneBoard } from "./phone-board";
import { useBoardFilter } from "./use-board-filter";
import { useBoardKeys } from "./use-board-keys";
import { useBoardRows } from "./use-board-rows";
import { usePhone } from "./use-phone";
import { useSeededSparks } from "./use-seeded-sparks";
import { useSelection } from "./use-selection";

/** The live board: counts, filters, the table, and what can be done to the chosen rows. */
export function BoardPage() {
  const router = useRouter();
  const phone = usePhone();
  const loaded = useLoaded();
  const agents = useAgents("order");
  const { store } = useLive();
  const [filter, setFilter] = useBoardFilter();
  const [hold, setHold] = useState({ pointer: false, focus: false });
  const [menuOpen, setMenuOpen] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const glance = useGlance();
  // Before the snapshot: the rows that came with the page, where it is wide enough for a table.
  const begun = !loaded && glance && glance.agents > 0 && glance.query === filterToAddress(filter);
  const held = hold.pointer || hold.focus;
  const { ids, count, moved } = useBoardRows(filter, held);
  const selection = useSelection();
  useSeededSparks();

  const open = useCallback((id: string) => router.push(`/agents/${id}`), [router]);
  const { toggle, extend } = selection;
  const onToggle = useCallback(
    (id: string, more: boolean) => (more ? extend(id, ids) : toggle(id)),
    [toggle, extend, ids],
  );
  const move = (by: number, more: boolean) => {
    const at = active === null ? -1 : ids.indexOf(active);
    const to = ids[Math.min(ids.length - 1, Math.max(0, at === -1 && by < 0 ? 0 : at + by))];
    if (to === undefined) return;
    if (more && active) selection.extend(active, ids);
    if (more) selection.extend(to, ids);
    setActive(to);
  };
  useBoardKeys({
    move,
    toEdge: (last) => setActive((last ? ids.at(-1) : ids[0]) ?? null),
    select: () => active && selection.toggle(active),
    open: () => active && open(active),
    escape: () => {
      if (selection.ids.size > 0) selection.clear();
      else setActive(null);
    },
    count: (place) => {
      const kind = shownKinds(countAgents(store.picture.agents.values()), filter.kinds)[place - 2];
      if (place === 1) setFilter({ ...filter, kinds: [] });
      else if (kind) setFilter({ ...filter, kinds: toggled(filter.kinds, kind.id) });
    },
    filter: () => setMenuOpen(true),
  });
  const onHold = useCallback(
    (next: Partial<typeof hold>) => setHold((before) => ({ ...before, ...next })),
    [],
  );

  const nothing = (
    <EmptyState
      title="No agent fits the filter"
      actions={<Button onClick={() => setFilter(noFilter)}>Show all agents</Button>}
    >
      {glance?.agents ?? agents.length} agents are there, none of them is like this now.
    </EmptyState>
  );
  return (
    <>
      <ShellPage title="Board" />
      <h1 className="sr-only">Board</h1>
      <BoardCounts filter={filter} onFilterChange={setFilter} />
      {!begun && !loaded ? (
        <BoardSkeleton />
      ) : loaded && agents.length === 0 ? (
        <EmptyBoard />
      ) : phone ? (
        loaded ? (
          <PhoneBoard ids={ids} empty={nothing} />
        ) : (
          <BoardSkeleton />
        )
      ) : (
        <>
          {phone === null ? <BoardSkeleton className="md:hidden" /> : null}
          <BoardTools
            filter={filter}
            onFilterChange={setFilter}
            menuOpen={menuOpen}
            onMenuOpenChange={setMenuOpen}
            shown={count}
            held={held}
            moved={moved}
          />
          <AgentTable
            ids={ids}
            count={count}
            selection={selection}
            active={active}
            onOpen={open}
            onHold={onHold}
            onToggle={onToggle}
            empty={nothing}
          />
          <BulkBar selection={selection} />
        </>
      )}
    </>
  );
}
