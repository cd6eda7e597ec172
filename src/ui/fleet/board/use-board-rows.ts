"use client";

import { useEffect, useMemo, useRef } from "react";
import { useGlance } from "../../live/hooks";
import { useLive } from "../../live/live-context";
import { useAgents } from "../../live/use-agents";
import { type BoardFilter, filterToAddress, matches } from "./filter";
import { holdOrder, orderRows } from "./order";

export interface BoardRows {
  ids: readonly string[];
  /** How many there are: more than `ids` while only the first ones, which came with the page, are known. */
  count: number;
  /** Rows that would move if the order were let go. */
  moved: number;
}

/** Rows to show, worst first; their places are kept while `held`, until the filter changes. */
export function useBoardRows(filter: BoardFilter, held: boolean): BoardRows {
  // Only a filter by status sees agents that begin or end their work.
  const agents = useAgents(filter.kinds.length > 0 ? "activity" : "order");
  const wanted = useMemo(() => orderRows(agents.filter((agent) => matches(filter, agent))), [agents, filter]);
  const shown = useRef<{ ids: readonly string[]; filter: BoardFilter }>({ ids: [], filter });
  const before = shown.current;
  const keep = held && before.filter === filter && before.ids.length > 0;
  const { order, moved } = keep ? holdOrder(before.ids, wanted) : { order: wanted, moved: 0 };
  useEffect(() => {
    shown.current = { ids: order, filter };
  });
  const glance = useGlance();
  const { store } = useLive();
  const began = glance?.query === filterToAddress(filter);
  if (!glance || !began) return { ids: order, count: order.length, moved };
  return { ids: store.firstIds, count: glance.rowCount, moved: 0 };
}
