"use client";

import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";

const pageSize = 100;

/**
 * Calls after a gap in the live connection: a command that ended meanwhile may be out of what the board knows, and
 * what was stored of it before would stay "Running" for ever.
 */
export function useAfterGap(ask: () => void): void {
  useNews([], useCalmly(ask));
}

/** The log of commands, newest first, a page at a time; read again after a gap. */
export function useStoredCommands() {
  const cache = trpc.useUtils();
  const stored = trpc.commands.list.useInfiniteQuery(
    { limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor },
  );
  useAfterGap(() => void cache.commands.list.invalidate());
  return stored;
}
