"use client";

import { useCallback, useEffect } from "react";
import type { InboxMessage } from "@/contracts/watch/inbox";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useLoaded, useNews } from "../../live/hooks";

const shown = 30;
const nothing: readonly InboxMessage[] = [];
/** One's other tabs hear by it how far one has read: there is no fact of it. */
const channelName = "mission-control:inbox";

/** One's messages, newest first, and how many are unread: read again as soon as a message came into an inbox. */
export function useInbox() {
  // After the board: the bell is not what one came for.
  const loaded = useLoaded();
  const cache = trpc.useUtils();
  const inbox = trpc.inbox.list.useQuery({ limit: shown }, { enabled: loaded });
  const readAgain = useCalmly(() => void cache.inbox.list.invalidate());
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
  return {
    loaded: inbox.data !== undefined,
    error: inbox.error,
    items: inbox.data?.items ?? nothing,
    unread: inbox.data?.unread ?? 0,
    readAll,
    refetch: inbox.refetch,
  };
}
