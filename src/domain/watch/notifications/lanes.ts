/** Bounds of one channel. `perSecond`: Teams takes 4 requests a second of one webhook; null: no bound. */
export type LaneLimits = { atOnce: number; perSecond: number | null };

type Lane = { inFlight: number; sentAt: number[]; failures: number; openUntilMs: number };

/**
 * What this process knows of each channel: how many messages are on the way, how many left within the last second,
 * and its breaker. After a failure the channel rests and then gets one message to try; so a channel that hangs
 * costs one request at a time and never the others' turn. Kept in memory: a new deliverer finds out by itself.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  constructor(
    readonly limits: LaneLimits,
    readonly nowMs: () => number,
  ) {}

  /** How many messages may leave for the channel now. */
  room(channelId: string): number {
    const lane = this.#lanes.get(channelId);
    if (!lane) return Math.min(this.limits.atOnce, this.limits.perSecond ?? Number.POSITIVE_INFINITY);
    if (this.nowMs() < lane.openUntilMs) return 0;
    const atOnce = lane.failures > 0 ? 1 : this.limits.atOnce;
    return Math.max(0, Math.min(atOnce - lane.inFlight, this.#windowRoom(lane)));
  }

  /** Channels that can't take any now, and in how many ms the first of them rests no longer (null: not by time). */
  blocked(): { channelIds: string[]; wakeInMs: number | null } {
    const channelIds = [...this.#lanes.keys()].filter((id) => this.room(id) === 0);
    const waits = channelIds.map((id) => this.#waitMs(id)).filter((ms) => ms > 0);
    return { channelIds, wakeInMs: waits.length > 0 ? Math.min(...waits) : null };
  }

  began(channelId: string): void {
    const lane = this.#lanes.get(channelId) ?? { inFlight: 0, sentAt: [], failures: 0, openUntilMs: 0 };
    lane.inFlight += 1;
    if (this.limits.perSecond !== null)
      lane.sentAt = [...lane.sentAt.slice(1 - this.limits.perSecond), this.nowMs()];
    this.#lanes.set(channelId, lane);
  }

  /** `restMs`: the channel failed and rests so long; null: it works. */
  ended(channelId: string, restMs: number | null): void {
    const lane = this.#lanes.get(channelId);
    if (!lane) return;
    lane.inFlight -= 1;
    lane.failures = restMs === null ? 0 : lane.failures + 1;
    lane.openUntilMs = restMs === null ? 0 : Math.max(lane.openUntilMs, this.nowMs() + restMs);
  }

  #windowRoom(lane: Lane): number {
    if (this.limits.perSecond === null) return Number.POSITIVE_INFINITY;
    return this.limits.perSecond - lane.sentAt.filter((at) => at > this.nowMs() - 1_000).length;
  }

  #waitMs(channelId: string): number {
    const lane = this.#lanes.get(channelId);
    if (!lane) return 0;
    if (lane.openUntilMs > this.nowMs()) return lane.openUntilMs - this.nowMs();
    return this.#windowRoom(lane) > 0 ? 0 : (lane.sentAt[0] ?? 0) + 1_000 - this.nowMs();
  }
}
