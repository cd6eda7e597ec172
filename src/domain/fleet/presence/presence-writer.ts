import type { Ground } from "@/domain/kernel";
import type { Timer } from "@/platform/clock";
import { histogram } from "@/platform/metrics";
import { flushBeats, flushSize } from "./flush-beats";
import type { KnownBeat } from "./judge-beat";
import { StatusQueue } from "./status-queue";
import { Waiters } from "./waiters";

type Pending = { account: string; beat: KnownBeat; waiters: Waiters };
type Batch = Map<string, Pending>;

const gatherMs = 20;
const firstRetryMs = 250;
const longestRetryMs = 2_000;
/**
 * How long a beat waits for the database before the agent is told to come again; half the threshold of silence where
 * that is shorter, so that one who waits for the answer before beating again is not taken for silent.
 */
const longestAnswerMs = 5_000;

/** Statuses that a beat does not end: a command or a deadline does. */
const heldStatuses: readonly string[] = ["paused", "restarting", "stopping", "updating"];

/** So many are answered before what their answers left to do is done. */
const answeredAtOnce = 50;

/**
 * The one way of beats into the database: gathered until the first of them has waited for 20 ms, the newest of each
 * agent, one batch in flight; while the database works on it, those of the batch before are answered. What a batch finds
 * in contradiction to its rows becomes a change of status, written before the next batch. While the database is away only
 * the newest beat of each agent is kept, so that memory is bounded by the fleet.
 */
export class PresenceWriter {
  readonly statuses: StatusQueue;
  private pending: Batch = new Map();
  /** When the first of `pending` came. */
  private sinceMs = 0;
  private inFlight: Batch = new Map();
  private timer: Timer | null = null;
  private dueMs = 0;
  private running: Promise<void> | null = null;
  private failures = 0;
  private stopped = false;
  private readonly expiry: Timer;
  private readonly took = histogram(
    "mc_presence_flush_seconds",
    "Duration of a batch of beats, commit included.",
  );

  constructor(
    private readonly ground: Ground,
    private readonly silentAfterMs: () => number,
  ) {
    this.statuses = new StatusQueue(ground, silentAfterMs, () => this.schedule(gatherMs));
    this.expiry = ground.clock.setInterval(() => this.expire(), 250);
  }

  /**
   * Calls `settle` with true when the beat, or a newer one of the agent, is durable; with false after at most five seconds. A
   * callback and no promise: ten thousand a second would live just long enough to be copied by each young collection.
   */
  beat(agentId: string, account: string, beat: KnownBeat, settle: (durable: boolean) => void): void {
    const nowMs = this.ground.clock.monotonicMs();
    if (this.pending.size === 0) this.sinceMs = nowMs;
    const waiters = this.pending.get(agentId)?.waiters ?? new Waiters();
    waiters.add(nowMs, settle);
    this.pending.set(agentId, { account, beat, waiters });
    // While thousands of sockets speak at once the event loop comes to its timers late: whoever comes next acts.
    if (this.timer && nowMs >= this.dueMs + gatherMs) this.runNow();
    else this.schedule(gatherMs);
  }

  /** Writes what is there and ends; a database that is away is not waited for. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.timer?.cancel();
    await this.running;
    for (let left = true; left && this.failures === 0; left = this.pending.size > 0) await this.run();
    this.expiry.cancel();
    for (const { waiters } of [...this.pending.values(), ...this.inFlight.values()]) waiters.settle(false);
  }

  private schedule(delayMs: number): void {
    if (this.timer || this.running || this.stopped) return;
    const delay =
      this.failures > 0 ? Math.min(longestRetryMs, firstRetryMs * 2 ** (this.failures - 1)) : delayMs;
    this.dueMs = this.ground.clock.monotonicMs() + delay;
    this.timer = this.ground.clock.setTimeout(() => this.runNow(), delay);
  }

  private runNow(): void {
    this.timer?.cancel();
    this.timer = null;
    void this.run();
  }

  private run(): Promise<void> {
    this.running = this.writeAll().finally(() => {
      this.running = null;
      if (this.pending.size > 0) this.schedule(this.leftToGatherMs());
      else if (this.statuses.size > 0) this.schedule(gatherMs);
    });
    return this.running;
  }

  private leftToGatherMs(): number {
    return Math.max(0, this.sinceMs + gatherMs - this.ground.clock.monotonicMs());
  }

  private isDue(): boolean {
    if (this.pending.size === 0) return false;
    return this.stopped || this.leftToGatherMs() === 0;
  }

  private async writeAll(): Promise<void> {
    /** Written, and not answered yet. */
    let durable: Batch = new Map();
    try {
      do {
        const batch = this.takeBatch();
        await Promise.all([this.writeBatch(batch), answerAll(durable)]);
        durable = batch;
        if (this.statuses.size === 0) this.failures = 0;
      } while (this.pending.size >= flushSize || (this.statuses.size === 0 && this.isDue()));
      await answerAll(durable);
      await this.statuses.write();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      this.ground.log.warn(
        { err: error, failures: this.failures },
        "Beats can't be saved now; they are kept.",
      );
    }
  }

  private async writeBatch(batch: Batch): Promise<void> {
    if (batch.size === 0) return;
    this.inFlight = batch;
    const done = this.took.startTimer();
    try {
      const beats = new Map([...batch].map(([agentId, { beat }]) => [agentId, beat]));
      const contradictions = await flushBeats(this.ground.db, beats, this.ground.clock.now());
      for (const { agentId, status } of contradictions) {
        const entry = batch.get(agentId);
        if (!entry || heldStatuses.includes(status)) continue;
        const { activity, receivedAtMs } = entry.beat;
        const receivedAt = new Date(receivedAtMs);
        void this.statuses.add(entry.account, { agentId, event: { kind: "beat", activity, receivedAt } });
      }
    } catch (error) {
      this.putBack(batch);
      throw error;
    } finally {
      this.inFlight = new Map();
      done();
    }
  }

  private takeBatch(): Batch {
    if (this.pending.size <= flushSize) {
      const all = this.pending;
      this.pending = new Map();
      return all;
    }
    const batch: Batch = new Map();
    for (const [agentId, entry] of this.pending) {
      batch.set(agentId, entry);
      this.pending.delete(agentId);
      if (batch.size === flushSize) break;
    }
    return batch;
  }

  /** A beat that came meanwhile is newer and takes over who waits: durable is durable. */
  private putBack(batch: Batch): void {
    for (const [agentId, entry] of batch) {
      const newer = this.pending.get(agentId);
      if (newer) newer.waiters.takeOver(entry.waiters);
      else this.pending.set(agentId, entry);
    }
  }

  private expire(): void {
    const before = this.ground.clock.monotonicMs() - Math.min(longestAnswerMs, this.silentAfterMs() / 2);
    for (const { waiters } of this.pending.values()) waiters.expire(before);
    for (const { waiters } of this.inFlight.values()) waiters.expire(before);
    this.statuses.expire(before);
  }
}

/**
 * Everybody in the batch is answered, a tick later, so that a statement which was begun before is on its way. Each answer
 * leaves callbacks of its socket for the end of the turn; those of a whole batch would all be alive when the garbage
 * collector comes by, and be copied. So would what was answered, until the next batch is written: it is let go.
 */
async function answerAll(batch: Batch): Promise<void> {
  let answered = 0;
  for (const { waiters } of batch.values()) {
    if (answered % answeredAtOnce === 0) await new Promise<void>((resolve) => process.nextTick(resolve));
    waiters.settle(true);
    answered += 1;
  }
  batch.clear();
}
