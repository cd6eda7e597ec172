"use client";

import { useEffect, useRef } from "react";
import { useFiringAlerts, useLoaded } from "../../live/hooks";

/**
 * Calls when the alerts that fire changed since the page came: with "membership" when one began or ended, else with
 * any change. Not for the first picture: what a page reads with it is of now.
 */
export function useOnAlerts(hear: () => void, what: "membership" | "anything" = "anything"): void {
  const live = useFiringAlerts();
  const loaded = useLoaded();
  const known = useRef<unknown>(null);
  const latest = useRef(hear);
  useEffect(() => {
    latest.current = hear;
  });
  const key = what === "membership" ? live.map(({ id }) => id).join() : live;
  useEffect(() => {
    if (!loaded) return;
    const before = known.current;
    known.current = key;
    if (before !== null && before !== key) latest.current();
  }, [key, loaded]);
}
