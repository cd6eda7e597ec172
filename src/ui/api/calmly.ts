"use client";

import { useCallback, useEffect, useRef } from "react";

/** Twenty a minute from one place of a page leave room for the rest, and for other tabs, below the server's limit. */
const everyMs = 3_000;

/**
 * Asks at once, and then at most every three seconds however often it is wanted; the last wish is never lost. For what
 * is read again when something live changes: a storm of changes must not become a storm of requests.
 */
export function useCalmly(ask: () => void): () => void {
  const latest = useRef(ask);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const wanted = useRef(false);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return useCallback(() => {
    const run = () => {
      wanted.current = false;
      latest.current();
      timer.current = setTimeout(() => {
        timer.current = null;
        if (wanted.current) run();
      }, everyMs);
    };
    if (timer.current) wanted.current = true;
    else run();
  }, []);
}
