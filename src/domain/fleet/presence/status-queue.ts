import { changeStatuses, type StatusChange, statusBatchSize } from "@/domain/fleet/agents/change-status";
import { type Ground, systemCtx } from "@/domain/kernel";
import { Waiters } from "./waiters";

type Queued = { account: string; change: StatusChange; waiters: Waiters };

/** Events of one agent that may wait: while the database is away a flapping agent must not fill the memory. */
const mostWaiting = 4;

/** Changes of status, in order for each agent, written many to a transaction. */
export class StatusQueue {
  private readonly byAgent = new Map<string, Queued[]>();

  constructor(
    private readonly ground: Ground,
    private readonly silentAfterMs: () => number,
    private readonly onAdded: () => void,
  ) {}

  get size(): number {
    return this.byAgent.size;
  }

  /** Resolves with true when it was judged and is durable, with false when the database did not answer in time. */
  add(account: string, change: StatusChange): Promise<boolean> {
    const queued = this.byAgent.get(change.agentId) ?? [];
    const waiters = new Waiters();
    const nowMs = this.ground.clock.monotonicMs();
    const judged = new Promise<boolean>((resolve) => waiters.add(nowMs, resolve));
    queued.push({ account, change, waiters });
    if (queued.length > mostWaiting) queued.shift()?.waiters.settle(false);
    this.byAgent.set(change.agentId, queued);
    this.onAdded();
    return judged;
  }

  /** Writes until nothing is left. Throws what the database threw; what was not written stays. */
  async write(): Promise<void> {
    while (this.byAgent.size > 0) {
      for (const [account, batch] of this.firsts()) await this.writeBatch(account, batch);
    }
  }

  expire(beforeMs: number): void {
    for (const queued of this.byAgent.values()) {
      for (const { waiters } of queued) waiters.expire(beforeMs);
    }
  }

  /** The first event of each agent, by account: two events of one agent never share a transaction. */
  private firsts(): Map<string, Queued[]> {
    const byAccount = new Map<string, Queued[]>();
    let count = 0;
    for (const [first] of this.byAgent.values()) {
      if (!first) continue;
      const batch = byAccount.get(first.account) ?? [];
      batch.push(first);
      byAccount.set(first.account, batch);
      count += 1;
      if (count === statusBatchSize) break;
    }
    return byAccount;
  }

  private async writeBatch(account: string, batch: Queued[]): Promise<void> {
    const changes = batch.map(({ change }) => change);
    await changeStatuses(systemCtx(this.ground, account), changes, this.silentAfterMs());
    for (const item of batch) {
      const { agentId } = item.change;
      const rest = this.byAgent.get(agentId)?.filter((queued) => queued !== item) ?? [];
      if (rest.length > 0) this.byAgent.set(agentId, rest);
      else this.byAgent.delete(agentId);
      item.waiters.settle(true);
    }
  }
}
