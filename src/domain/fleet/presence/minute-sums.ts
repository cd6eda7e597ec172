import type { Db } from "@/db/client";
import type { KnownBeat } from "./judge-beat";
import { addTo, emptySum, type MinuteSum } from "./minute-sum";
import { writeMinutes } from "./write-minutes";

const minuteMs = 60_000;
const rowsAStatement = 1_000;
/** Ten minutes of 10,000 agents: what is kept while the database is away. */
const mostKept = 100_000;
/** The sum of an agent's last minute is kept this long after it, since its counters are where the next one begins. */
const rememberedMs = 10 * minuteMs;

/** Means and peaks of each agent's minute, gathered in memory and written when the minute is over. */
export class MinuteSums {
  private readonly last = new Map<string, MinuteSum>();
  private closed: MinuteSum[] = [];
  /** Sums that fell out while the database was away. */
  dropped = 0;

  add(agentId: string, account: string, beat: KnownBeat): void {
    const minute = Math.floor(beat.receivedAtMs / minuteMs) * minuteMs;
    let sum = this.last.get(agentId);
    if (sum === undefined || sum.closed || sum.minuteMs !== minute) {
      const before = sum;
      if (before && !before.closed) this.close(before);
      sum = emptySum(agentId, account, minute, before);
      this.last.set(agentId, sum);
    }
    addTo(sum, beat);
  }

  /** Writes the minutes that ended before `now`, or all of them at the end of the process. */
  async flush(db: Db, now: Date, all = false): Promise<void> {
    const current = Math.floor(now.getTime() / minuteMs) * minuteMs;
    for (const sum of this.last.values()) {
      if (sum.closed) {
        if (sum.minuteMs < current - rememberedMs) this.last.delete(sum.agentId);
      } else if (all || sum.minuteMs !== current) this.close(sum);
    }
    while (this.closed.length > 0) {
      const batch = this.closed.slice(0, rowsAStatement);
      await writeMinutes(db, batch);
      this.closed = this.closed.slice(batch.length);
    }
  }

  private close(sum: MinuteSum): void {
    sum.closed = true;
    this.closed.push(sum);
    const excess = this.closed.length - mostKept;
    if (excess <= 0) return;
    this.closed.splice(0, excess);
    this.dropped += excess;
  }
}
