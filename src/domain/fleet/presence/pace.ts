import { leastSilentAfterMs } from "@/domain/fleet/agents/agent-of";
import type { Clock } from "@/platform/clock";
import type { Ids } from "@/platform/ids";

export type PaceOptions = {
  /** Fixed interval of beats (`MC_BEAT_MS`); else scaled to the fleet. */
  beatMs?: number;
  /** Fixed threshold of silence (`MC_SILENT_AFTER_MS`). */
  silentAfterMs?: number;
};

const leastBeatMs = 2_000;
/** At 1,000 beats a second the whole fleet costs a quarter of a core. */
const msPerAgent = 1;
const beatsMissed = 3;

/** How often agents beat, and how long they may be silent, at the fleet's present size. */
export class Pace {
  /** The slowest pace that agents may still keep: a fleet that shrinks hears of the faster one beat by beat. */
  private slowestMs = 0;
  private slowestUntilMs = 0;

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly agentsOnline: () => number,
    private readonly options: PaceOptions = {},
  ) {}

  beatMs(): number {
    const beatMs = this.options.beatMs ?? Math.max(leastBeatMs, this.agentsOnline() * msPerAgent);
    const nowMs = this.clock.monotonicMs();
    if (beatMs >= this.slowestMs || nowMs >= this.slowestUntilMs) {
      this.slowestMs = beatMs;
      this.slowestUntilMs = nowMs + beatMs * beatsMissed;
    }
    return beatMs;
  }

  /** The next interval for one agent: ±10 %, so that a fleet started at once does not beat at once. */
  next(): number {
    return Math.round(this.beatMs() * (0.9 + this.ids.random() * 0.2));
  }

  silentAfterMs(): number {
    if (this.options.silentAfterMs !== undefined) return this.options.silentAfterMs;
    return Math.max(leastSilentAfterMs, Math.max(this.beatMs(), this.slowestMs) * beatsMissed);
  }
}
