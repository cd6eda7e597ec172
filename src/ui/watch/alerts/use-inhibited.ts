"use client";

import { useMemo } from "react";
import type { InhibitedAlerts } from "@/contracts/watch/alert-list";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { useOnAlerts } from "./use-on-alerts";

/**
 * For which firing alerts another one speaks now, by their ids; renewed when the routes or the alerts change. `asked`:
 * whether it was read, or could not be.
 */
export function useInhibited(): { asked: boolean; byAlert: ReadonlyMap<string, InhibitedAlerts> } {
  const cache = trpc.useUtils();
  // Facts are heard only while this is shown: what was read before may be old already.
  const { data, failureCount } = trpc.alerts.inhibited.useQuery({}, { staleTime: 0 });
  const readAgain = useCalmly(() => void cache.alerts.inhibited.invalidate());
  useNews(["policy"], readAgain);
  useOnAlerts(readAgain, "membership");
  const byAlert = useMemo(
    () => new Map((data?.items ?? []).flatMap((item) => item.fits.map((id) => [id, item] as const))),
    [data],
  );
  return { asked: data !== undefined || failureCount > 0, byAlert };
}
