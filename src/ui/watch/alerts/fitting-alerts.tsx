"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { toMs } from "../../format/instant";
import { useComeCount } from "../../format/ticker";
import { useFiringAlerts, useLoaded } from "../../live/hooks";
import { useMe } from "../../people/me";
import { fitsFilter } from "./alert-filter";
import { byUrgency } from "./alert-words";
import { useQuietAlerts } from "./quiet-alerts";
import { tellApart } from "./tell-apart";
import { useAlertFilter } from "./use-alert-filter";

/** What fires now and fits the page's filter, worst first. */
export interface FittingAlerts {
  /** Whether what fires is known, and what of it is muted. */
  loaded: boolean;
  /** All that fire, whether they fit or not. */
  all: number;
  /** Those that call somebody. */
  calling: readonly Alert[];
  /** Those that nobody is told of: muted by another one, silenced, snoozed. */
  muted: readonly Alert[];
}

const Fitting = createContext<FittingAlerts>({ loaded: false, all: 0, calling: [], muted: [] });

/** Told apart once for all who show them: of an outage's thousands only the outage itself calls. */
export function FittingAlertsProvider({ children }: { children: ReactNode }) {
  const live = useFiringAlerts();
  const loaded = useLoaded();
  const me = useMe() ?? null;
  const [filter] = useAlertFilter();
  const quiet = useQuietAlerts();
  const snoozeEnds = useMemo(
    () =>
      live.flatMap(({ snoozedUntil }) => (snoozedUntil ? [toMs(snoozedUntil)] : [])).sort((a, b) => a - b),
    [live],
  );
  const lastEndMs = snoozeEnds[useComeCount(snoozeEnds) - 1] ?? 0;
  const value = useMemo(() => {
    const fits = live.filter((alert) => fitsFilter(alert, filter, me)).sort(byUrgency);
    const known = loaded && quiet.asked;
    return { loaded: known, all: live.length, ...tellApart(known ? fits : [], quiet, lastEndMs) };
  }, [live, filter, me, loaded, quiet, lastEndMs]);
  return <Fitting value={value}>{children}</Fitting>;
}

export function useFitting(): FittingAlerts {
  return useContext(Fitting);
}
