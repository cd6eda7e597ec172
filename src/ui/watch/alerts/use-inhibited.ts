"use client";

import { useEffect, useMemo } from "react";
import type { InhibitedAlerts } from "@/contracts/watch/alert-list";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { useOnAlerts } from "./use-on-alerts";

/** What is held until a moment is free a little after it, when the server has looked. */
const lookAfterMs = 1_000;

/**
 * For which firing alerts another one speaks now, by their ids; renewed when what decides it changes. `fetched`: whether
 * it was read since the page shows it.
 */
export function useInhibited(): { fetched: boolean; byAlert: ReadonlyMap<string, InhibitedAlerts> } {
  const cache = trpc.useUtils();
  // Facts are heard only while this is shown: what was read before may be old already.
  const { data, isFetchedAfterMount } = trpc.alerts.inhibited.useQuery({}, { staleTime: 0 });
  const readAgain = useCalmly(() => void cache.alerts.inhibited.invalidate());
  useNews(["policy", "rule", "notification"], readAgain);
  useOnAlerts(readAgain, "membership");
  useEffect(() => {
    const ends = (data?.items ?? []).flatMap(({ until }) => (until ? [Date.parse(until)] : []));
    if (ends.length === 0) return;
    const timer = setTimeout(readAgain, Math.max(0, Math.min(...ends) - Date.now()) + lookAfterMs);
    return () => clearTimeout(timer);
  }, [data, readAgain]);
  const byAlert = useMemo(
    () => new Map((data?.items ?? []).flatMap((item) => item.fits.map((id) => [id, item] as const))),
    [data],
  );
  return { fetched: isFetchedAfterMount, byAlert };
}
