"use client";

import { trpc } from "../../api/trpc";
import { type AuditFilter, filterQuery } from "./audit-filter";

const pageSize = 100;
/** A narrowed list may read the whole log to find few facts. */
const askEveryMs = { whole: 10_000, narrowed: 60_000 };

/**
 * The facts that fit, newest first. The first page is read again every ten seconds (every minute when narrowed) while it
 * is the only one: asking again reads every loaded page, and the ground would move under whoever reads far back. For them
 * `newer` says that something was added since, and `showNewest` begins anew.
 */
export function useAuditLog(filter: AuditFilter) {
  const cache = trpc.useUtils();
  const narrowing = filterQuery(filter);
  const asked = { ...narrowing, limit: pageSize };
  const everyMs = Object.keys(narrowing).length > 0 ? askEveryMs.narrowed : askEveryMs.whole;
  type Loaded = { state: { data?: { pages: readonly unknown[] } | undefined } };
  const isOnly = ({ state }: Loaded) => (state.data?.pages.length ?? 0) <= 1;
  const log = trpc.audit.list.useInfiniteQuery(asked, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => (isOnly(query) ? everyMs : false),
    refetchOnWindowFocus: isOnly,
    refetchOnReconnect: isOnly,
  });
  const pages = log.data?.pages ?? [];
  const newest = trpc.audit.list.useQuery(
    { ...asked, limit: 1 },
    { enabled: pages.length > 1, refetchInterval: everyMs },
  );
  const seqOf = (page = pages[0]) => page?.items[0]?.seq ?? 0;
  return {
    log,
    facts: log.data && pages.flatMap((page) => page.items),
    newer: pages.length > 1 && seqOf(newest.data) > seqOf(),
    showNewest: () => void cache.audit.list.reset(asked),
  };
}
