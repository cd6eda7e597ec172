"use client";

import { useEffect, useMemo } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useFiringAlerts, useLoaded } from "../../live/hooks";
import { byUrgency } from "./alert-words";

const resolvedShown = 50;

/** What fires now, from the live line, and what is over, read anew whenever the first one changes. */
export function useAlerts() {
  const live = useFiringAlerts();
  const loaded = useLoaded();
  const cache = trpc.useUtils();
  const firing = useMemo(() => [...live].sort(byUrgency), [live]);
  const key = firing.map(({ id }) => id).join();
  const resolved = trpc.alerts.list.useQuery({ state: "resolved", limit: resolvedShown });
  const readAgain = useCalmly(() => void cache.alerts.list.invalidate());
  useEffect(() => {
    // An alert that left the list of the firing ones is over: it is in the other list now.
    if (loaded && key !== undefined) readAgain();
  }, [key, loaded, readAgain]);
  return { loaded, firing, resolved };
}

/** One alert: live while it fires, else as the server has it. */
export function useAlert(id: string): { alert: Alert | undefined; error: unknown } {
  const live = useFiringAlerts().find((alert) => alert.id === id);
  const stored = trpc.alerts.get.useQuery({ id }, { enabled: live === undefined });
  return { alert: live ?? stored.data, error: live ? null : stored.error };
}
