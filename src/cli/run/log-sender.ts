import type { AgentLogs, LogsAnswer } from "@/contracts/wire/agent";
import type { Backlog } from "./backlog";
import { Backoff } from "./backoff";
import { isFailure, type Link, mostFailures } from "./link";

/** Lines that come within this time share a message. */
const gatherMs = 50;

/** Moves the backlog to the server, one batch at a time, at the pace that the server can take. */
export class LogSender {
  private busy = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly backoff = new Backoff(500, 10_000);
  /** How often, without success in between, the server failed on what it was sent. */
  private failures = 0;

  constructor(
    private readonly backlog: Backlog,
    private readonly link: Link,
    private readonly onRefused: (message: string) => void,
  ) {}

  /** There are new lines, or a new connection. */
  poke(): void {
    if (!this.busy) this.timer ??= setTimeout(() => void this.send(), gatherMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async send(): Promise<void> {
    this.timer = undefined;
    this.busy = true;
    let waitMs = 0;
    while (waitMs === 0 && this.link.ready) {
      const batch = this.backlog.take();
      if (!batch) break;
      waitMs = await this.sendBatch(batch);
    }
    this.busy = false;
    // Without a connection nothing is due: its return pokes.
    if (this.link.ready && !this.backlog.empty) {
      this.timer ??= setTimeout(() => void this.send(), Math.max(waitMs, gatherMs));
    }
  }

  /** How long to wait before the next batch; 0 when this one was taken. */
  private async sendBatch(batch: AgentLogs): Promise<number> {
    const answer = await this.link.ask<Extract<LogsAnswer, { ok: true }>>("logs", batch);
    if (answer?.ok) {
      this.backlog.settle(answer.through);
      if (answer.through < (batch.lines[0]?.seq ?? -1)) return this.backoff.next();
      this.backoff.reset();
      this.failures = 0;
      return 0;
    }
    const givenUp = isFailure(answer) && ++this.failures >= mostFailures;
    if (answer && (answer.error.code === "invalid" || givenUp)) {
      this.failures = 0;
      this.onRefused(answer.error.message);
      this.backlog.abandon();
      return 0;
    }
    // Something on the way may not take as much at once, or the server not one line of it.
    if (!answer || isFailure(answer)) this.backlog.shrink();
    this.backlog.giveBack();
    return answer?.error.retryAfterMs ?? this.backoff.next();
  }
}
