import type { Beat, BeatAnswer } from "@/contracts/wire/agent";
import { ClockOffset } from "./clock-offset";
import type { Doing } from "./doing";
import type { Link } from "./link";
import type { ResourceUse } from "./resources";

type Sources = {
  measure(): Promise<ResourceUse>;
  doing(cpuPercent: number | null): Doing;
};

/** Until the server names an interval. */
const firstIntervalMs = 2_000;
/** A connection that answers none of our beats for this long, and four intervals, is taken for dead. */
const deafAfterMs = 20_000;

/** Tells the server, as often as it asked for, that we live and what the program does. */
export class Beats {
  private readonly clock = new ClockOffset();
  private intervalMs = firstIntervalMs;
  private timer: NodeJS.Timeout | undefined;
  private lastSentMs = Number.NEGATIVE_INFINITY;
  private lastAnsweredMs = 0;
  private stopped = true;

  constructor(
    private readonly link: Link,
    private readonly sources: Sources,
  ) {}

  /** Connected: the first beat goes out at once. */
  start(intervalMs = this.intervalMs): void {
    this.intervalMs = intervalMs;
    this.stopped = false;
    this.lastAnsweredMs = performance.now();
    void this.beat();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Something worth telling: beats now, but not more than twice as often as the server asked for. */
  soon(): void {
    if (this.stopped) return;
    const waitMs = Math.max(0, this.lastSentMs + this.intervalMs / 2 - performance.now());
    this.schedule(waitMs);
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => void this.beat(), ms);
  }

  private async beat(): Promise<void> {
    this.schedule(this.intervalMs);
    this.lastSentMs = performance.now();
    const metrics = await this.sources.measure();
    if (this.stopped) return;
    const sentAt = Date.now();
    const clockOffsetMs = this.clock.ms;
    const beat: Beat = {
      at: sentAt,
      ...this.sources.doing(metrics.cpuPercent ?? null),
      metrics,
      ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
    };
    const answer = await this.link.ask<Extract<BeatAnswer, { ok: true }>>("beat", beat);
    if (answer) this.lastAnsweredMs = performance.now();
    else if (performance.now() - this.lastAnsweredMs > Math.max(deafAfterMs, 4 * this.intervalMs)) {
      this.lastAnsweredMs = performance.now();
      this.link.renew();
    }
    if (!answer?.ok) return;
    this.intervalMs = Math.max(50, answer.nextBeatMs);
    this.clock.add(sentAt, answer.receivedAt, answer.answeredAt, Date.now(), performance.now());
  }
}
