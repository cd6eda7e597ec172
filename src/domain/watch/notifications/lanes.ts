/** Bounds of one channel. `perSecond`: Teams takes 4 requests a second of one webhook; null: no bound. */
export type LaneLimits = { perSecond: number | null };

type Lane = { taken: boolean; sentAt: number[]; restsUntilMs: number };

/**
 * What this process knows of each channel: whether a message is on its way, which is one at a time, how many left
 * within the last second, and until when it rests after a failure. So a channel that hangs costs one request at a
 * time and never the others' turn. Kept in memory: a new deliverer finds out by itself.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  constructor(
    readonly limits: LaneLimits,
    readonly nowMs: () => number,
  ) {}

  /** Channels that can't take any now, and in how many ms the first of them can again (null: not by time). */
  blocked(): { channelIds: string[]; wakeInMs: number | null } {
    const waiting = [...this.#lanes]
      .map(([channelId, lane]) => ({ channelId, taken: lane.taken, waitMs: this.#waitMs(lane) }))
      .filter(({ taken, waitMs }) => taken || waitMs > 0);
    const waits = waiting.filter(({ taken }) => !taken).map(({ waitMs }) => waitMs);
    return {
      channelIds: waiting.map(({ channelId }) => channelId),
      wakeInMs: waits.length > 0 ? Math.min(...waits) : null,
    };
  }

  /** A message of the channel was claimed: no other, until `free`. */
  take(channelId: string): void {
    const lane = this.#lanes.get(channelId) ?? { sentAt: [], restsUntilMs: 0 };
    this.#lanes.set(channelId, { ...lane, taken: true });
  }

  /** A request leaves now. */
  sending(channelId: string): void {
    const lane = this.#lanes.get(channelId);
    if (lane && this.limits.perSecond !== null)
      lane.sentAt = [...lane.sentAt, this.nowMs()].slice(-this.limits.perSecond);
  }

  /** The end of the message is durable. `restMs`: the channel failed and rests so long; null: it works. */
  free(channelId: string, restMs: number | null): void {
    const lane = this.#lanes.get(channelId);
    if (!lane) return;
    lane.taken = false;
    lane.restsUntilMs = restMs === null ? 0 : this.nowMs() + restMs;
  }

  #waitMs({ sentAt, restsUntilMs }: Lane): number {
    const full = this.limits.perSecond !== null && sentAt.length >= this.limits.perSecond;
    return Math.max(restsUntilMs, full ? (sentAt[0] ?? 0) + 1_000 : 0) - this.nowMs();
  }
}
