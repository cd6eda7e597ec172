"use client";

import { createContext, useContext, useSyncExternalStore } from "react";

/*
 * One timer for the whole page. A board of a thousand rows would else run a thousand, and wake a hidden tab.
 */
const tickMs = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let offsetMs = 0;
let nowMs = 0;

function tick() {
  nowMs = Date.now() + offsetMs;
  for (const listener of listeners) listener();
}

function run() {
  const wanted = listeners.size > 0 && document.visibilityState !== "hidden";
  if (wanted && timer === undefined) {
    timer = setInterval(tick, tickMs);
    tick();
  } else if (!wanted && timer !== undefined) {
    clearInterval(timer);
    timer = undefined;
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (listeners.size === 1) document.addEventListener("visibilitychange", run);
  run();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener("visibilitychange", run);
    run();
  };
}

function read() {
  // Between two ticks every reader must see the same number, or React would draw again and again.
  if (timer === undefined) nowMs = Math.max(nowMs, Math.floor((Date.now() + offsetMs) / tickMs) * tickMs);
  return nowMs;
}

/**
 * How far the server's clock is ahead of this browser's, told by the live connection. Ages are then true even where
 * the browser's clock is wrong.
 */
export function setClockOffset(serverAheadMs: number): void {
  offsetMs = serverAheadMs;
  tick();
}

/** When the server drew the page, in ms; 0 where it draws no ages. */
export const DrawnAt = createContext(0);

/** The server's now in milliseconds, renewed each second while the page is visible. Drawn by the server: `DrawnAt`. */
export function useNow(): number {
  const drawnAt = useContext(DrawnAt);
  return useSyncExternalStore(subscribe, read, () => drawnAt);
}

/**
 * Whether a moment (in ms; null: there is none) has come. Whoever asks is drawn anew when it comes and not each second,
 * which matters in a long list.
 */
export function useHasCome(atMs: number | null): boolean {
  return useComeCount(atMs === null ? [] : [atMs]) > 0;
}

/** How many of these moments (in ms, the earliest first) have come; drawn anew when one comes, like `useHasCome`. */
export function useComeCount(momentsMs: readonly number[]): number {
  const drawnAt = useContext(DrawnAt);
  const count = (now: number) => momentsMs.filter((atMs) => now >= atMs).length;
  return useSyncExternalStore(
    subscribe,
    () => count(read()),
    () => count(drawnAt),
  );
}

const never = () => () => undefined;

/**
 * Whether the zone and the words of times are those of whoever looks: the server does not know them, so what stands
 * in the page's own HTML leaves them out, and they follow with the first drawing of the browser.
 */
export function useOwnZone(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
