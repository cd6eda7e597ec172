"use client";

import { useSyncExternalStore } from "react";

const key = "mc.sidebar";
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read(): boolean {
  try {
    return localStorage.getItem(key) === "narrow";
  } catch {
    // Storage can be closed to pages; the sidebar is then wide.
    return false;
  }
}

/** Whether the sidebar is narrow, kept in this browser. */
export function useCollapsed(): [boolean, (collapsed: boolean) => void] {
  const collapsed = useSyncExternalStore(subscribe, read, () => false);
  const change = (next: boolean) => {
    try {
      localStorage.setItem(key, next ? "narrow" : "wide");
    } catch {
      return;
    }
    for (const listener of listeners) listener();
  };
  return [collapsed, change];
}
