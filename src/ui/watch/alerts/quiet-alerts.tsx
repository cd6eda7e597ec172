"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { InhibitedAlerts } from "@/contracts/watch/alert-list";
import type { Silence } from "@/contracts/watch/silence";
import { quietedBy } from "../silences/quieted-by";
import { useSilences } from "../silences/use-silences";
import { useInhibited } from "./use-inhibited";

/** What keeps firing alerts quiet now, by their ids. */
export interface QuietAlerts {
  /** Whether it was read, or took too long: until then nobody knows which alerts call. */
  asked: boolean;
  inhibited: ReadonlyMap<string, InhibitedAlerts>;
  silenced: ReadonlyMap<string, Silence>;
}

const mostWaitMs = 2_000;

const Quiet = createContext<QuietAlerts>({ asked: false, inhibited: new Map(), silenced: new Map() });

/** Reads it once for the list, the order of the list and the story beside it. */
export function QuietAlertsProvider({ children }: { children: ReactNode }) {
  const inhibited = useInhibited();
  const silences = useSilences();
  const asked = useOnceOrLate(inhibited.fetched && silences.isFetchedAfterMount);
  const value = useMemo(
    () => ({ asked, inhibited: inhibited.byAlert, silenced: quietedBy(silences.data?.items ?? []) }),
    [asked, inhibited.byAlert, silences.data],
  );
  return <Quiet value={value}>{children}</Quiet>;
}

/** True for good once `now` was, or after two seconds: a database that hangs must not keep alerts from the page. */
function useOnceOrLate(now: boolean): boolean {
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (was) return;
    const timer = setTimeout(() => setWas(true), now ? 0 : mostWaitMs);
    return () => clearTimeout(timer);
  }, [was, now]);
  return was || now;
}

export function useQuietAlerts(): QuietAlerts {
  return useContext(Quiet);
}
