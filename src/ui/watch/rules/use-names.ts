"use client";

import { useMemo } from "react";
import type { Channel } from "@/contracts/watch/channel";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import type { Names } from "./words/names";

const noChannels: readonly Channel[] = [];

/** The channels there are, read again when somebody changes one. */
export function useChannels(): { channels: readonly Channel[]; loaded: boolean } {
  const cache = trpc.useUtils();
  // A change that is told while this waits to read again, or is not shown, is read when it is shown again.
  const found = trpc.channels.list.useQuery({}, { staleTime: 0 });
  useNews(
    ["channel"],
    useCalmly(() => void cache.channels.list.invalidate()),
  );
  return { channels: found.data?.items ?? noChannels, loaded: found.data !== undefined };
}

/** What the ids in rules are called. */
export function useNames(): Names {
  const { channels } = useChannels();
  const agents = useAgents("order");
  return useMemo(() => {
    const byId = new Map(agents.map(({ id, name }) => [id, name]));
    return { channels, agent: (id) => byId.get(id) };
  }, [channels, agents]);
}
