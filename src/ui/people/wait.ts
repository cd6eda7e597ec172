"use client";

import { useEffect, useRef, useState } from "react";

/**
 * Counts a wait down in whole seconds: `wait(42_000)` starts it, `seconds` is 0 when it is over. `onOver` is the time to
 * take back what said how long to wait.
 */
export function useWait(onOver: () => void): { seconds: number; wait: (ms: number) => void } {
  const over = useRef(onOver);
  useEffect(() => {
    over.current = onOver;
  });
  const [until, setUntil] = useState(0);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (until === 0) return;
    // The browser's monotonic clock: a corrected wall clock must not shorten or stretch the wait.
    const tick = () => {
      const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      setSeconds(left);
      if (left > 0) return;
      setUntil(0);
      over.current();
    };
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [until]);
  return { seconds, wait: (ms) => setUntil(ms > 0 ? performance.now() + ms : 0) };
}
