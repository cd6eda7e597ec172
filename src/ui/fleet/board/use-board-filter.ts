"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type BoardFilter, filterFromAddress, filterToAddress } from "./filter";

/** The board's filter, kept in the address: a view can be sent, and Back leads to the one before. */
export function useBoardFilter(): [filter: BoardFilter, change: (next: BoardFilter) => void] {
  const path = usePathname();
  const query = useSearchParams().toString();
  const filter = useMemo(() => filterFromAddress(new URLSearchParams(query)), [query]);
  const change = useCallback(
    // Next follows the history; going through its router would ask the server for a page that is here already.
    (next: BoardFilter) => window.history.replaceState(null, "", `${path}${filterToAddress(next)}`),
    [path],
  );
  return [filter, change];
}
