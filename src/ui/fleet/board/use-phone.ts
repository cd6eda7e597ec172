"use client";

import { useSyncExternalStore } from "react";

/** Below Tailwind's `md`: the board is another page there, not a narrower table. */
const phoneQuery = "(max-width: 767px)";

function subscribe(listener: () => void) {
  const query = window.matchMedia(phoneQuery);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

export function usePhone(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(phoneQuery).matches,
    () => false,
  );
}
