"use client";

import { useSyncExternalStore } from "react";

/** Below Tailwind's `md`: the board is another page there, not a narrower table. */
const phoneQuery = "(max-width: 767px)";

function subscribe(listener: () => void) {
  const query = window.matchMedia(phoneQuery);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** null while drawn by the server, which does not know. */
export function usePhone(): boolean | null {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(phoneQuery).matches,
    () => null,
  );
}
