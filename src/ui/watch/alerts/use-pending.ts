"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { maxPageSize } from "@/contracts/kernel/page";
import type { PendingAlert } from "@/contracts/watch/alert";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import { nextLookMs } from "./next-look";
import { useOnAlerts } from "./use-on-alerts";

const nothing: readonly PendingAlert[] = [];

/** Asked anew every three seconds in a storm: one question however many are shown. */
const stepSize = 50;

/**
 * Trouble that is about to become an alert. No fact tells of it, but what makes it does: agents that change, alerts
 * that begin or end, rules that change, and the end of a whole minute, when numbers are judged. So the list is read
 * at those moments and not by a clock of its own. `items` are the newest, `more` shows more of them.
 */
export function usePending() {
  const cache = trpc.useUtils();
  const [limit, setLimit] = useState(stepSize);
  const { data, isPlaceholderData } = trpc.alerts.pending.useQuery(
    { limit },
    { placeholderData: keepPreviousData },
  );
  const items = data?.items ?? nothing;
  const isCut = typeof data?.nextCursor === "string";
  const readAgain = useCalmly(() => void cache.alerts.pending.invalidate());
  useOnAlerts(readAgain);
  useNews(["rule"], readAgain);
  const agents = useAgents("order");
  const seen = useRef(agents);
  useEffect(() => {
    if (seen.current.length > 0 && seen.current !== agents) readAgain();
    seen.current = agents;
  }, [agents, readAgain]);
  const [looked, setLooked] = useState(0);
  useEffect(() => {
    const waitMs = nextLookMs(
      Date.now(),
      items.map(({ firesAt }) => firesAt),
    );
    const timer = setTimeout(() => {
      readAgain();
      setLooked(looked + 1);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [items, looked, readAgain]);
  return {
    items,
    /** There are more than these. */
    isCut,
    more: {
      hasNextPage: isCut && limit < maxPageSize,
      isFetchingNextPage: isPlaceholderData,
      fetchNextPage: () => setLimit(Math.min(maxPageSize, limit * 2)),
    },
  };
}
