import type { ChannelKind } from "@/contracts/watch/channel";

/** So many requests within so long, at most. */
export type Bound = { count: number; windowMs: number };

/** What services take of one webhook: Teams 4 a second, Slack 1. Others say nothing of it. */
const serviceBound: Partial<Record<ChannelKind, Bound>> = {
  teams: { count: 4, windowMs: 1_000 },
  slack: { count: 1, windowMs: 1_000 },
};

/** How fast messages may leave by a channel: the service's own bound, and the team's. */
export function boundsOf(channel: { kind: ChannelKind; perMinute: number | null }): Bound[] {
  const service = serviceBound[channel.kind];
  return [
    ...(service ? [service] : []),
    ...(channel.perMinute === null ? [] : [{ count: channel.perMinute, windowMs: 60_000 }]),
  ];
}

type Lane = { taken: boolean; bounds: Bound[]; sentAt: number[]; restsUntilMs: number };

/**
 * What this process knows of each channel: whether a message is on its way, which is one at a time, when the last ones
 * were sent, and until when it rests after a failure. So a channel that hangs costs one request at a time and never the
 * others' turn. Kept in memory: a new deliverer finds out by itself.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  constructor(readonly nowMs: () => number) {}

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
  take(channelId: string, bounds: Bound[]): void {
    const lane = this.#lanes.get(channelId) ?? { sentAt: [], restsUntilMs: 0 };
    this.#lanes.set(channelId, { ...lane, taken: true, bounds });
  }

  /**
   * A request has its answer, or none in time. Counted from here and not from its leaving: however long it was on its
   * way, the service never sees more of them in a window than it takes.
   */
  sent(channelId: string): void {
    const lane = this.#lanes.get(channelId);
    if (!lane) return;
    const kept = Math.max(0, ...lane.bounds.map(({ count }) => count));
    lane.sentAt = kept === 0 ? [] : [...lane.sentAt, this.nowMs()].slice(-kept);
  }

  /** The end of the message is durable. `restMs`: the channel failed and rests so long; null: it works. */
  free(channelId: string, restMs: number | null): void {
    const lane = this.#lanes.get(channelId);
    if (!lane) return;
    lane.taken = false;
    lane.restsUntilMs = restMs === null ? 0 : this.nowMs() + restMs;
  }

  #waitMs({ sentAt, bounds, restsUntilMs }: Lane): number {
    const turns = bounds.map(({ count, windowMs }) => {
      const earliest = sentAt.at(-count);
      return sentAt.length < count || earliest === undefined ? 0 : earliest + windowMs;
    });
    return Math.max(restsUntilMs, ...turns) - this.nowMs();
  }
}
