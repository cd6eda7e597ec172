"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import { useEffect } from "react";
import { maxPageSize } from "@/contracts/kernel/page";
import type { Silence } from "@/contracts/watch/silence";
import { nextWindowStart } from "@/contracts/watch/window-times";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { useOnAlerts } from "../alerts/use-on-alerts";
import { nextTurn } from "./silence-words";

type Client = ReturnType<typeof trpc.useUtils>["client"];

/** A timer of a browser is wrong beyond this. */
const mostMs = 86_400_000;

/** Under the list's own key, so that whoever changes a silence makes this be read again too. */
const openKey = () => [...getQueryKey(trpc.silences.list), "open"];

/** All pages of those that have not ended: a thousand at most, and each of them keeps alerts quiet. */
async function readOpen(client: Client): Promise<{ items: Silence[] }> {
  const items: Silence[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.silences.list.query({
      state: "open",
      limit: maxPageSize,
      ...(cursor ? { cursor } : {}),
    });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return { items };
}

/**
 * Every silence and planned work that has not ended, read again when one changes, begins or ends, and when other alerts
 * fire. They come all or not at all: an alert whose silence is on a later page would look as if it called.
 */
export function useSilences() {
  const cache = trpc.useUtils();
  const own = useQueryClient();
  const silences = useQuery({
    queryKey: openKey(),
    queryFn: () => readOpen(cache.client),
    // Facts are heard only while this is shown: what was read before may be old already.
    staleTime: 0,
  });
  const readAgain = useCalmly(() => void cache.silences.list.invalidate());
  useNews(["silence"], readAgain);
  // What has ended quiets nothing: a storm of alerts must not read all of its pages again and again.
  const readOpenAgain = useCalmly(() => void own.invalidateQueries({ queryKey: openKey() }));
  useOnAlerts(readOpenAgain, "membership");
  useEffect(() => {
    const nowMs = Date.now();
    const turns = (silences.data?.items ?? []).flatMap((silence) => {
      const start = silence.schedule ? nextWindowStart(silence.schedule, new Date(nowMs)) : null;
      const turn = nextTurn(silence, start);
      return turn !== null && turn > nowMs ? [turn] : [];
    });
    if (turns.length === 0) return;
    const timer = setTimeout(readAgain, Math.min(mostMs, Math.min(...turns) - nowMs + 1_000));
    return () => clearTimeout(timer);
  }, [silences.data, readAgain]);
  return silences;
}

/** Those that have ended, newest first, a page at a time; read again with the open ones. */
export function useEndedSilences() {
  return trpc.silences.list.useInfiniteQuery(
    { state: "ended", limit: 50 },
    { getNextPageParam: (page) => page.nextCursor, staleTime: 0 },
  );
}
