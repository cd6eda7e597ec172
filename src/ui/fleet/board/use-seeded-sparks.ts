"use client";

import { useEffect } from "react";
import { trpc } from "../../api/trpc";
import { useLoaded } from "../../live/hooks";
import { useLive } from "../../live/live-context";

/** The sparklines' past, asked for once the board is drawn: the page is of use before it. */
export function useSeededSparks(): void {
  const { store } = useLive();
  const loaded = useLoaded();
  const { data } = trpc.board.sparks.useQuery({}, { enabled: loaded, staleTime: Number.POSITIVE_INFINITY });
  useEffect(() => {
    if (data) store.seedTraces(Date.parse(data.from), data.everyMs, data.byAgent);
  }, [data, store]);
}
