import type { Log } from "../log";
import type { BusHealth } from "./bus";

/** Holds the health and tells the listeners of changes, and of nothing else. */
export function createHealth(first: BusHealth, log?: Log) {
  let current = first;
  const listeners = new Set<(health: BusHealth) => void>();
  return {
    current: () => current,
    onChange(listener: (health: BusHealth) => void): () => void {
      const own = (health: BusHealth) => listener(health);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    change(next: BusHealth): void {
      current = next;
      for (const listener of listeners) {
        try {
          listener(next);
        } catch (error) {
          log?.error({ err: error }, "A listener of the bus's health failed.");
        }
      }
    },
  };
}
