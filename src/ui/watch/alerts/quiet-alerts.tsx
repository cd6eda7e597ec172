"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { InhibitedAlerts } from "@/contracts/watch/alert-list";
import type { Silence } from "@/contracts/watch/silence";
import { quietedBy } from "../silences/quieted-by";
import { useSilences } from "../silences/use-silences";
import { useInhibited } from "./use-inhibited";

/** What keeps firing alerts quiet now, by their ids. */
export interface QuietAlerts {
  /** Whether it was read, or could not be: until then nobody knows which alerts call. */
  asked: boolean;
  inhibited: ReadonlyMap<string, InhibitedAlerts>;
  silenced: ReadonlyMap<string, Silence>;
}

const Quiet = createContext<QuietAlerts>({ asked: false, inhibited: new Map(), silenced: new Map() });

/** Reads it once for the list, the order of the list and the story beside it. */
export function QuietAlertsProvider({ children }: { children: ReactNode }) {
  const inhibited = useInhibited();
  const silences = useSilences();
  const asked = inhibited.asked && (silences.data !== undefined || silences.failureCount > 0);
  const value = useMemo(
    () => ({ asked, inhibited: inhibited.byAlert, silenced: quietedBy(silences.data?.items ?? []) }),
    [asked, inhibited.byAlert, silences.data],
  );
  return <Quiet value={value}>{children}</Quiet>;
}

export function useQuietAlerts(): QuietAlerts {
  return useContext(Quiet);
}
