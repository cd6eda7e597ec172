import type { BeatSignal } from "@/contracts/signals";
import type { Clock } from "@/platform/clock";

/** Who was last heard when, attentive ms, and how long ago that was when we looked. */
export type SilentEntry = { agentId: string; entry: LiveEntry; heardMs: number; silentForMs: number };

/** What this instance knows of one agent's signs of life, whichever instance heard them. */
export type LiveEntry = {
  account: string;
  /** Attentive ms (see below) of the last sign of life. */
  heardMs: number;
  /** Server time of the last beat as it was told, ms; null when none was heard yet. */
  beatAtMs: number | null;
  /** Expected only: there was no sign of life yet since we began to watch it. */
  expected: boolean;
  /** Not heard since our own blindness ended. */
  unseen: boolean;
};

/** The longest pause that counts as time: a process frozen for longer did not listen, so nobody was silent in it. */
const longestPauseMs = 1_000;

/**
 * Who was heard when, on every instance, fed by the bus. Measured in attentive time: the monotonic clock less the
 * pauses in which this process could not have heard anyone. The wall clock may jump; nothing here looks at it.
 */
export class LiveBeats {
  private readonly entries = new Map<string, LiveEntry>();
  private attentiveMs = 0;
  private lastLookMs: number;

  constructor(private readonly clock: Clock) {
    this.lastLookMs = clock.monotonicMs();
  }

  /** Attentive time; to be asked at least every second, else time stands still. */
  nowMs(): number {
    const lookMs = this.clock.monotonicMs();
    this.attentiveMs += Math.min(lookMs - this.lastLookMs, longestPauseMs);
    this.lastLookMs = lookMs;
    return this.attentiveMs;
  }

  take(beats: BeatSignal[]): void {
    const nowMs = this.nowMs();
    for (const beat of beats) {
      const entry = this.entries.get(beat.agentId);
      if (entry) {
        entry.heardMs = nowMs;
        entry.beatAtMs = beat.receivedAt;
        entry.expected = false;
        entry.unseen = false;
      } else {
        this.entries.set(beat.agentId, {
          account: beat.account,
          heardMs: nowMs,
          beatAtMs: beat.receivedAt,
          expected: false,
          unseen: false,
        });
      }
    }
  }

  /** A sign of life that is no beat, such as a connection. */
  touch(agentId: string, account: string, beatAtMs?: number | null): void {
    const entry = this.entries.get(agentId);
    const known = beatAtMs === undefined ? (entry?.beatAtMs ?? null) : beatAtMs;
    this.entries.set(agentId, {
      account,
      heardMs: this.nowMs(),
      beatAtMs: known,
      expected: false,
      unseen: false,
    });
  }

  /** It is there by the database, but was not heard here: its silence begins now. */
  expect(agentId: string, account: string, beatAtMs: number | null, unseen: boolean): void {
    this.entries.set(agentId, { account, heardMs: this.nowMs(), beatAtMs, expected: true, unseen });
  }

  forget(agentId: string): void {
    this.entries.delete(agentId);
  }

  has(agentId: string): boolean {
    return this.entries.has(agentId);
  }

  get(agentId: string): LiveEntry | undefined {
    return this.entries.get(agentId);
  }

  get size(): number {
    return this.entries.size;
  }

  /** How many were not heard since our own blindness ended. Looks at every entry. */
  unseen(): number {
    let count = 0;
    this.entries.forEach((entry) => {
      if (entry.unseen) count += 1;
    });
    return count;
  }

  /** Agents whose silence has reached what `limitMsOf` says for them. */
  silent(limitMsOf: (entry: LiveEntry) => number): SilentEntry[] {
    const nowMs = this.nowMs();
    const found: SilentEntry[] = [];
    // Not `for … of`, which makes a pair of each entry: this looks at every agent several times a second.
    this.entries.forEach((entry, agentId) => {
      const silentForMs = nowMs - entry.heardMs;
      if (silentForMs >= limitMsOf(entry))
        found.push({ agentId, entry, heardMs: entry.heardMs, silentForMs });
    });
    return found;
  }
}
