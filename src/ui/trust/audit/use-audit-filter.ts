"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type AuditFilter, filterSearch, readFilter } from "./audit-filter";

/** The filter lives in the address; changing it replaces the address, so that Back leaves the page. */
export function useAuditFilter(): [AuditFilter, (filter: AuditFilter) => void] {
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const filter = useMemo(() => readFilter(params), [params]);
  const change = useCallback(
    (next: AuditFilter) => router.replace(`${path}${filterSearch(next)}`, { scroll: false }),
    [router, path],
  );
  return [filter, change];
}
