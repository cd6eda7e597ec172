"use client";

import { useCallback, useEffect, useRef } from "react";

/** Twenty a minute from one place of a page leave room for the rest below the server's limit for a session. */
const everyMs = 3_000;

/**
 * Asks at once, and then at most every three seconds however often it is wanted; the last wish is never lost. For what
 * is read again when something live changes: a storm of changes must not become a storm of requests. A tab that nobody
 * sees asks when it is seen again, or a few tabs of one person would use up the session's limit in an outage; one that
 * tells by other means than its page asks `evenHidden`.
 */
export function useCalmly(ask: () => void, { evenHidden = false } = {}): () => void {
  const latest = useRef(ask);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const wanted = useRef(false);
  useEffect(() => {
    latest.current = ask;
  });
  const want = useCallback(() => {
    const run = () => {
      wanted.current = !evenHidden && document.visibilityState === "hidden";
      if (wanted.current) return;
      latest.current();
      timer.current = setTimeout(() => {
        timer.current = null;
        if (wanted.current) run();
      }, everyMs);
    };
    if (timer.current) wanted.current = true;
    else run();
  }, [evenHidden]);
  useEffect(() => {
    const whenSeen = () => {
      if (wanted.current) want();
    };
    document.addEventListener("visibilitychange", whenSeen);
    return () => {
      document.removeEventListener("visibilitychange", whenSeen);
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
      wanted.current = false;
    };
  }, [want]);
  return want;
}
