"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import type { PendingAlert } from "@/contracts/watch/alert";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import { nextLookMs } from "./next-look";
import { useOnAlerts } from "./use-on-alerts";

const nothing: readonly PendingAlert[] = [];

/**
 * Trouble that is about to become an alert. No fact tells of it, but what makes it does: agents that change, alerts
 * that begin or end, rules that change, and the end of a whole minute, when numbers are judged. So the list is read
 * at those moments and not by a clock of its own. `items` are those of the pages that were asked for.
 */
export function usePending() {
  const cache = trpc.useUtils();
  const pending = trpc.alerts.pending.useInfiniteQuery(
    { limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const { data } = pending;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? nothing, [data]);
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
      if (document.visibilityState === "visible") readAgain();
      setLooked(looked + 1);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [items, looked, readAgain]);
  return { items, more: pending };
}
