"use client";

import { useSyncExternalStore } from "react";

const key = "mission-control:browser-notices";
const listeners = new Set<() => void>();

/** Whether this browser shows notifications: a setting of its own, since the permission is one too. */
export type NoticeState = "impossible" | "refused" | "off" | "on";

function readState(): NoticeState {
  // Outside of https and localhost browsers have no notifications.
  if (typeof window === "undefined" || !("Notification" in window) || !window.isSecureContext)
    return "impossible";
  if (Notification.permission === "denied") return "refused";
  try {
    return Notification.permission === "granted" && localStorage.getItem(key) === "on" ? "on" : "off";
  } catch {
    return "impossible";
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

export function useNoticeState(): NoticeState {
  return useSyncExternalStore(subscribe, readState, () => "impossible");
}

/** Asks the browser for its permission: only ever by a person's click, or browsers count it as a nuisance. */
export async function switchNoticesOn(): Promise<void> {
  const permission = await Notification.requestPermission();
  if (permission === "granted") localStorage.setItem(key, "on");
  tell();
}

export function switchNoticesOff(): void {
  localStorage.setItem(key, "off");
  tell();
}
