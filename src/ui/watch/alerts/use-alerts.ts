"use client";

import { useState } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useFiringAlerts } from "../../live/hooks";
import { type AlertFilter, filterQuery } from "./alert-filter";
import { useOnAlerts } from "./use-on-alerts";

const resolvedPage = 50;

/** What is over, read again whenever an alert stops or begins to fire. */
export function useResolved(filter: AlertFilter, enabled = true) {
  const cache = trpc.useUtils();
  const resolved = trpc.alerts.list.useInfiniteQuery(
    { state: "resolved", limit: resolvedPage, ...filterQuery(filter) },
    { getNextPageParam: (page) => page.nextCursor, enabled, placeholderData: (before) => before },
  );
  const readAgain = useCalmly(() => void cache.alerts.list.invalidate());
  useOnAlerts(readAgain, "membership");
  return resolved;
}

/**
 * One alert: live while it fires, else as the server has it. Of one opened by its link the server was asked before the
 * board was here; when it ends, that answer is of before its end however young it is, so it is asked again.
 */
export function useAlert(id: string): { alert: Alert | undefined; error: unknown } {
  const live = useFiringAlerts().find((alert) => alert.id === id);
  // An alert that ended while it is looked at stays what it was until the server has said how it ended.
  const [last, setLast] = useState<Alert>();
  if (live && live !== last) setLast(live);
  const stored = trpc.alerts.get.useQuery({ id }, { enabled: live === undefined, staleTime: 0 });
  const shown = live ?? stored.data ?? (last?.id === id ? last : undefined);
  return { alert: shown, error: shown ? null : stored.error };
}
