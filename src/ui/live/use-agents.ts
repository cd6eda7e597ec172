"use client";

import { useEffect, useRef, useState } from "react";
import type { Agent } from "@/contracts/fleet/agent";
import { useLive, useLiveValue } from "./live-context";

/** Lists and counts of a large fleet are made anew at most this often: faster than that nobody reads them. */
const settleMs = 250;

/**
 * All agents, anew at most four times a second: single cells follow every beat, lists need not. With "activity" when
 * statuses, activities, names, groups or tags changed or agents came or went. With "order" not for those that only
 * went from working to idle or back, which in a large fleet some agent does every moment: for what counts none of it.
 */
export function useAgents(kind: "activity" | "order" = "activity"): readonly Agent[] {
  const { store } = useLive();
  const [version, setVersion] = useState(() => store.versions[kind]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastMs = useRef(0);
  useEffect(() => {
    const settle = () => {
      timer.current = undefined;
      lastMs.current = performance.now();
      setVersion(store.versions[kind]);
    };
    const listen = () => {
      if (timer.current !== undefined) return;
      const rest = lastMs.current + settleMs - performance.now();
      if (rest <= 0) settle();
      else timer.current = setTimeout(settle, rest);
    };
    listen();
    const stop = store.subscribe(kind, listen);
    return () => {
      stop();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [store, kind]);
  // A snapshot does not wait: whoever sees that it is here must see its agents, or the board would be empty between.
  const loaded = useLiveValue("loaded", (live) => live.loadedVersions[kind]);
  return store.agents(kind, Math.max(version, loaded));
}
