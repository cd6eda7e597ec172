"use client";

import { useEffect } from "react";
import type { Command } from "@/contracts/fleet/command";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useLiveCommands, useLoaded, useNews } from "../../live/hooks";
import { isOpen } from "../action/last-word";

const pageSize = 100;

/**
 * Calls when `stored` must be read again: after a gap in the live connection, and when one that was open is none that
 * the board has, which keeps all open ones and forgets old ended ones. It would stay "Running" for ever.
 */
export function useOutdated(stored: readonly Command[], ask: () => void): void {
  const loaded = useLoaded();
  const live = new Set(useLiveCommands().map(({ id }) => id));
  const lost = stored.filter((command) => isOpen(command) && !live.has(command.id));
  const lostIds = loaded ? lost.map(({ id }) => id).join() : "";
  const askCalmly = useCalmly(ask);
  useNews([], askCalmly);
  useEffect(() => {
    if (lostIds !== "") askCalmly();
  }, [lostIds, askCalmly]);
}

/** The log of commands, newest first, a page at a time, and again when it is outdated. */
export function useStoredCommands() {
  const cache = trpc.useUtils();
  const stored = trpc.commands.list.useInfiniteQuery(
    { limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor },
  );
  useOutdated(
    stored.data?.pages.flatMap(({ items }) => items) ?? [],
    () => void cache.commands.list.invalidate(),
  );
  return stored;
}
