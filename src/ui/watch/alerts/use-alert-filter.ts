"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { type AlertFilter, alertFilterAddress, alertFilterFrom } from "./alert-filter";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

/** The list's filter, kept in the address. Read from the address itself, as the board's is: fast typing loses no letter. */
export function useAlertFilter(): [filter: AlertFilter, change: (part: Partial<AlertFilter>) => void] {
  const path = usePathname();
  const fromServer = useSearchParams().toString();
  const query = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => fromServer,
  );
  const filter = useMemo(() => alertFilterFrom(new URLSearchParams(query)), [query]);
  const change = useCallback(
    (part: Partial<AlertFilter>) => {
      const next = { ...alertFilterFrom(new URLSearchParams(window.location.search)), ...part };
      window.history.replaceState(null, "", `${path}${alertFilterAddress(next)}`);
      for (const listener of [...listeners]) listener();
    },
    [path],
  );
  return [filter, change];
}
