"use client";

import { useCallback, useEffect, useMemo } from "react";
import type { InboxMessage } from "@/contracts/watch/inbox";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useLoaded, useNews } from "../../live/hooks";
import { useNoticeState } from "./browser-notices";

const limit = 30;
const nothing: readonly InboxMessage[] = [];
/** One's other tabs hear by it how far one has read: there is no fact of it. */
const channelName = "mission-control:inbox";

/**
 * One's messages, newest first, and how many are unread: read again as soon as a message came into an inbox. `older`
 * fetches those before them; `forgetOlder` lets go of them, so that a bell nobody looks into asks for one page only.
 */
export function useInbox() {
  // After the board: the bell is not what one came for.
  const loaded = useLoaded();
  const cache = trpc.useUtils();
  const inbox = trpc.inbox.list.useInfiniteQuery(
    { limit },
    { enabled: loaded, getNextPageParam: (page) => page.nextCursor },
  );
  const { data } = inbox;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? nothing, [data]);
  // Also in a tab that nobody sees, when notifications of the browser come from it.
  const evenHidden = useNoticeState() === "on";
  const readAgain = useCalmly(() => void cache.inbox.list.invalidate(), { evenHidden });
  useNews(["notification"], readAgain, ({ channelKind }) => channelKind === "inbox");
  useEffect(() => {
    if (typeof BroadcastChannel === "undefined") return;
    const tabs = new BroadcastChannel(channelName);
    tabs.onmessage = readAgain;
    return () => tabs.close();
  }, [readAgain]);
  const read = trpc.inbox.read.useMutation({
    onSuccess: async () => {
      if (typeof BroadcastChannel !== "undefined") {
        const tabs = new BroadcastChannel(channelName);
        tabs.postMessage("read");
        tabs.close();
      }
      await cache.inbox.list.invalidate();
    },
  });
  const { mutate } = read;
  const readAll = useCallback((through: number) => mutate({ through }), [mutate]);
  const forgetOlder = useCallback(async () => {
    // What is being read would bring the older ones back.
    await cache.inbox.list.cancel({ limit });
    cache.inbox.list.setInfiniteData({ limit }, (known) =>
      known ? { pages: known.pages.slice(0, 1), pageParams: known.pageParams.slice(0, 1) } : known,
    );
  }, [cache]);
  return {
    loaded: data !== undefined,
    error: inbox.error,
    items,
    unread: data?.pages[0]?.unread ?? 0,
    older: inbox,
    forgetOlder,
    readAll,
    refetch: inbox.refetch,
  };
}
