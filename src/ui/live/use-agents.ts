"use client";

import { useEffect, useRef, useState } from "react";
import type { Agent } from "@/contracts/fleet/agent";
import { useLive } from "./live-context";

/** Lists and counts of a large fleet are made anew at most this often: faster than that nobody reads them. */
const settleMs = 250;

/**
 * All agents, anew when statuses, names, groups or tags changed or agents came or went. At most four times a second:
 * single cells follow every beat, lists need not.
 */
export function useAgents(): readonly Agent[] {
  const { store } = useLive();
  const [version, setVersion] = useState(store.orderVersion);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastMs = useRef(0);
  useEffect(() => {
    const settle = () => {
      timer.current = undefined;
      lastMs.current = performance.now();
      setVersion(store.orderVersion);
    };
    const listen = () => {
      if (timer.current !== undefined) return;
      const rest = lastMs.current + settleMs - performance.now();
      if (rest <= 0) settle();
      else timer.current = setTimeout(settle, rest);
    };
    listen();
    const stop = store.subscribe("order", listen);
    return () => {
      stop();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [store]);
  return store.agents(version);
}
