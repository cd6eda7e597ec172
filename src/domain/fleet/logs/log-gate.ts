import type { Clock } from "@/platform/clock";

export type LogGateOptions = {
  /** Lines of all agents that may be on their way into the database. */
  rowsInFlight?: number;
  /** Lines a second that one agent may send for long; a burst of twice as many passes at once. */
  linesPerSecond?: number;
};

type Lane = { tail: Promise<unknown>; waiting: number; paidUntilMs: number };

/** One is written and two wait; an agent that sends more without waiting for answers is told to slow down. */
const mostWaiting = 3;
const burstMs = 2_000;

/**
 * Back-pressure: each agent has a lane of its own with one batch in flight, all lanes share a limit of rows. A
 * flood waits in its own lane for its answers, and takes its turn at the shared limit like everybody.
 */
export class LogGate {
  private readonly lanes = new Map<string, Lane>();
  private readonly queue: { rows: number; go: () => void }[] = [];
  private free: number;
  private readonly linesPerSecond: number;

  constructor(
    private readonly clock: Clock,
    { rowsInFlight = 4_000, linesPerSecond = 2_000 }: LogGateOptions = {},
  ) {
    this.free = rowsInFlight;
    this.linesPerSecond = linesPerSecond;
  }

  /** Runs `work` when it is this batch's turn; null: the lane is full, the agent shall wait for its answers. */
  pass<Result>(agentId: string, rows: number, work: () => Promise<Result>): Promise<Result> | null {
    const lane = this.lanes.get(agentId) ?? { tail: Promise.resolve(), waiting: 0, paidUntilMs: 0 };
    if (lane.waiting >= mostWaiting) return null;
    this.lanes.set(agentId, lane);
    lane.waiting += 1;
    const result = lane.tail.then(() => this.turn(lane, rows, work));
    const done = () => {
      lane.waiting -= 1;
      if (lane.waiting === 0 && lane.paidUntilMs <= this.clock.monotonicMs()) this.lanes.delete(agentId);
    };
    lane.tail = result.then(done, done);
    return result;
  }

  private async turn<Result>(lane: Lane, rows: number, work: () => Promise<Result>): Promise<Result> {
    const nowMs = this.clock.monotonicMs();
    const aheadMs = lane.paidUntilMs - nowMs;
    if (aheadMs > burstMs) await this.clock.sleep(aheadMs - burstMs);
    lane.paidUntilMs = Math.max(lane.paidUntilMs, nowMs) + (rows / this.linesPerSecond) * 1_000;
    await this.enter(rows);
    try {
      return await work();
    } finally {
      this.leave(rows);
    }
  }

  private enter(rows: number): Promise<void> {
    if (this.queue.length === 0 && this.free > 0) {
      this.free -= rows;
      return Promise.resolve();
    }
    return new Promise((go) => this.queue.push({ rows, go }));
  }

  /** First come, first served: a lane is never more than once in the queue, so nobody can crowd it. */
  private leave(rows: number): void {
    this.free += rows;
    while (this.free > 0) {
      const next = this.queue.shift();
      if (!next) return;
      this.free -= next.rows;
      next.go();
    }
  }
}
