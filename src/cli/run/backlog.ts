import { type AgentLogLine, maxLogBatch } from "@/contracts/wire/agent";

export type LineToSend = Omit<AgentLogLine, "seq">;
type Kept = { line: AgentLogLine; bytes: number };
export type Batch = { lines: AgentLogLine[]; dropped: number };

/** Lines that wait, with how many fell out before them and were not told yet. */
export type Waiting = { lines: AgentLogLine[]; dropped: number };

export type BacklogLimits = { lines: number; bytes: number; batchBytes: number };
/** 10,000 lines or 8 MiB; a message stays under half of the 1 MiB that the server takes. */
export const standardLimits: BacklogLimits = {
  lines: 10_000,
  bytes: 8 * 1024 * 1024,
  batchBytes: 512 * 1024,
};

/** Quick to find a size that passes, slow to try one that does not. */
const shrinkage = 4;
const growth = 1.25;
/** Less is not what is too much. */
const leastBatchBytes = 16 * 1024;

/** What a line takes of the room. */
export const bytesOf = (line: LineToSend): number => Buffer.byteLength(JSON.stringify(line.message)) + 80;

/**
 * Lines that are not yet durable at the server. Bounded: the oldest that are not on their way fall out and are
 * counted. A line keeps its `seq` for as long as the session lives, so that sending it again is harmless.
 */
export class Backlog {
  private kept: Kept[] = [];
  private head = 0;
  private flight: Kept[] = [];
  private bytes = 0;
  private nextSeq = 0;
  private dropped = 0;
  private droppedInFlight = 0;
  /** Of a batch in bytes. */
  private most: number;

  constructor(private readonly limits: BacklogLimits = standardLimits) {
    this.most = limits.batchBytes;
  }

  /** What an earlier run left; its session is over, so nothing is added to it. */
  static of({ lines, dropped }: Waiting): Backlog {
    const backlog = new Backlog();
    backlog.kept = lines.map((line) => ({ line, bytes: bytesOf(line) }));
    backlog.bytes = backlog.kept.reduce((sum, { bytes }) => sum + bytes, 0);
    backlog.dropped = dropped;
    return backlog;
  }

  get size(): number {
    return this.kept.length - this.head + this.flight.length;
  }

  /** Nothing is to be told: neither a line nor that some are missing. */
  get empty(): boolean {
    return this.size === 0 && this.dropped === 0;
  }

  get waiting(): Waiting {
    const kept = [...this.flight, ...this.kept.slice(this.head)];
    return { lines: kept.map(({ line }) => line), dropped: this.dropped };
  }

  /** How full it is, 0 to 1, by lines or bytes, whichever is more. */
  get fullness(): number {
    return Math.max(this.size / this.limits.lines, this.bytes / this.limits.bytes);
  }

  push(line: LineToSend): void {
    const kept: Kept = { line: { seq: this.nextSeq++, ...line }, bytes: bytesOf(line) };
    this.kept.push(kept);
    this.bytes += kept.bytes;
    while (this.fullness > 1 && this.kept.length - this.head > 1) {
      this.shift();
      this.dropped += 1;
    }
  }

  /** The next batch, which is then in flight until `settle` or `giveBack`; null when one is, or nothing waits. */
  take(): Batch | null {
    if (this.flight.length > 0 || this.empty) return null;
    let bytes = 0;
    while (this.head < this.kept.length && this.flight.length < maxLogBatch) {
      const next = this.kept[this.head];
      if (!next || (this.flight.length > 0 && bytes + next.bytes > this.most)) break;
      bytes += next.bytes;
      this.shift();
      this.bytes += next.bytes;
      this.flight.push(next);
    }
    this.droppedInFlight = this.dropped;
    return { lines: this.flight.map((entry) => entry.line), dropped: this.dropped };
  }

  /** The batch in flight was answered: all up to `through` is durable, the rest waits again. */
  settle(through: number): void {
    this.dropped -= this.droppedInFlight;
    this.most = Math.min(this.limits.batchBytes, this.most * growth);
    this.giveBack();
    this.forget(through);
  }

  /** The batch in flight may have been too much: the next ones are smaller, and grow again with each that is taken. */
  shrink(): void {
    const bytes = this.flight.reduce((sum, entry) => sum + entry.bytes, 0);
    this.most = Math.min(this.most, Math.max(leastBatchBytes, bytes / shrinkage));
  }

  /** The batch in flight got no answer, or was refused for now. */
  giveBack(): void {
    this.droppedInFlight = 0;
    if (this.flight.length === 0) return;
    this.kept = [...this.flight, ...this.kept.slice(this.head)];
    this.head = 0;
    this.flight = [];
  }

  /** On connecting, the server tells up to which line all is durable. */
  forget(through: number): void {
    for (let next = this.kept[this.head]; next && next.line.seq <= through; next = this.kept[this.head]) {
      this.shift();
    }
  }

  /** Drops the batch in flight for good: the server will never take it. Counted as dropped. */
  abandon(): void {
    for (const entry of this.flight) this.bytes -= entry.bytes;
    // What was refused without a line in it was the count itself.
    this.dropped = this.flight.length === 0 ? 0 : this.dropped + this.flight.length;
    this.droppedInFlight = 0;
    this.flight = [];
  }

  private shift(): void {
    const entry = this.kept[this.head];
    if (!entry) return;
    this.bytes -= entry.bytes;
    this.head += 1;
    if (this.head < 1_024) return;
    this.kept = this.kept.slice(this.head);
    this.head = 0;
  }
}
