/** How many are allowed within how long; the window begins with the first. */
export type Limit = { most: number; windowSeconds: number };

export type Taken = { ok: true } | { ok: false; retryAfterMs: number };

/**
 * Counts events by key. `name` tells limits apart that use the same keys, and always comes with the same figures.
 * Never throws: a store that is away is replaced by the memory of this instance, never by no limit.
 */
export interface LimitStore {
  /** Counts one, and says whether it was still within the limit. */
  take(name: string, limit: Limit, key: string): Promise<Taken>;
  /** Takes back one that was counted. */
  giveBack(name: string, limit: Limit, key: string): Promise<void>;
  close(): void;
}
