"use client";

import { useEffect } from "react";
import { nextWindowStart } from "@/contracts/watch/window-times";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { useOnAlerts } from "../alerts/use-on-alerts";
import { nextTurn } from "./silence-words";

/** A timer of a browser is wrong beyond this. */
const mostMs = 86_400_000;

/** Silences and planned work, read again when one changes, begins or ends, and when other alerts fire. */
export function useSilences() {
  const cache = trpc.useUtils();
  // Facts are heard only while this is shown: what was read before may be old already.
  const silences = trpc.silences.list.useQuery({ limit: 100 }, { staleTime: 0 });
  const readAgain = useCalmly(() => void cache.silences.list.invalidate());
  useNews(["silence"], readAgain);
  useOnAlerts(readAgain, "membership");
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
