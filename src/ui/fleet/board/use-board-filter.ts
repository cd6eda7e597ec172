"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { type BoardFilter, filterFromAddress, filterToAddress } from "./filter";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

/**
 * The board's filter, kept in the address: a view can be sent, and Back leads to the one before. It is read from
 * the address itself: Next tells of a change only in a transition, which would eat letters of a fast typist.
 */
export function useBoardFilter(): [filter: BoardFilter, change: (next: BoardFilter) => void] {
  const path = usePathname();
  // Links to a filtered board are Next's own: this draws anew when one was followed.
  const fromServer = useSearchParams().toString();
  const query = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => fromServer,
  );
  const filter = useMemo(() => filterFromAddress(new URLSearchParams(query)), [query]);
  const change = useCallback(
    (next: BoardFilter) => {
      // Going through Next's router would ask the server for a page that is here already.
      window.history.replaceState(null, "", `${path}${filterToAddress(next)}`);
      for (const listener of [...listeners]) listener();
    },
    [path],
  );
  return [filter, change];
}
