import { changeStatuses, statusBatchSize } from "@/domain/fleet/agents/change-status";
import type { StatusEvent } from "@/domain/fleet/agents/status-event";
import { type Ground, systemCtx } from "@/domain/kernel";
import { BlindGrace } from "./blind-grace";
import type { Blindness } from "./blindness";
import type { LiveBeats, SilentEntry } from "./live-beats";
import type { Pace } from "./pace";
import { loadOverdue, loadPresence, loadWatched } from "./sweep-rows";
import { keepMark, type MarkRead, takeMark } from "./watching-mark";

export type SweepOptions = {
  /** After our own blindness nobody is called offline for so long (`MC_BLIND_GRACE_MS`), nor while a crowd returns. */
  graceMs?: number;
};

const leastGraceMs = 15_000;
/** Nobody watched, or the database was away, for so long: what happened meanwhile is not known. */
const blindAfterMs = 5_000;
const markEveryMs = 1_000;
const reloadEveryMs = 15_000;

const nobodyWatched = () => new Error("Nobody watched for too long; watching begins anew.");

type Silent = { agentId: string; account: string; heardMs: number; event: StatusEvent };

/**
 * Notices silence. It judges by what this instance heard, over the bus also on others, in attentive time; before it
 * says "offline" it asks the database whether a beat came in that it did not hear, and while the database is away,
 * when no agent can come back, it judges nobody. A lost bus, a lost database, a stepped clock and our own pauses
 * therefore raise no false alarm. To be run under a lease, and `begin` at each gain of it.
 */
export class Sweep {
  private lastMarkMs: number | null = null;
  private markedAtMs = Number.NEGATIVE_INFINITY;
  private reloadedAtMs = Number.NEGATIVE_INFINITY;
  private readonly lostSight = new Set<string>();
  private grace: BlindGrace | null = null;
  /** The database failed us since we last began. */
  private cutOff = false;

  constructor(
    private readonly ground: Ground,
    private readonly live: LiveBeats,
    private readonly pace: Pace,
    private readonly options: SweepOptions = {},
  ) {}

  /**
   * Takes over: everybody who should be there gets a full threshold, or the grace when nobody watched for long. Or goes on
   * after the database was away: then it is the grace, unless the gap was too short to make anybody seem silent.
   */
  async begin(): Promise<Blindness | null> {
    const watched = await loadWatched(this.ground.db);
    const accounts = new Set(watched.map((row) => row.account));
    let readAtMs = 0;
    let blindness: Blindness | null = null;
    const read = await takeMark(this.ground, accounts, (mark) => {
      readAtMs = this.ground.clock.monotonicMs();
      blindness = this.blindnessBefore(mark);
      return blindness;
    });
    const goesOn = this.isOwn(read) && !blindness;
    this.lostSight.clear();
    for (const { agentId, account, lastBeatMs } of watched) {
      if (goesOn && this.live.has(agentId)) continue;
      // Who was awaited still is, whatever happened to our mark.
      const unseen = blindness !== null || this.live.get(agentId)?.unseen === true;
      this.live.expect(agentId, account, lastBeatMs, unseen);
    }
    if (blindness) this.grace = new BlindGrace(this.live.unseen(), this.live.nowMs());
    this.noteMark(read.nowMs, readAtMs);
    this.reloadedAtMs = this.ground.clock.monotonicMs();
    this.cutOff = false;
    return watched.length > 0 ? blindness : null;
  }

  private isOwn({ markMs }: MarkRead): boolean {
    return markMs !== null && markMs === this.lastMarkMs;
  }

  private blindnessBefore(mark: MarkRead): Blindness | null {
    const fromMs = this.watchedUntilMs(mark);
    const mostMs = this.isOwn(mark) ? Math.min(blindAfterMs, this.mostGapMs()) : blindAfterMs;
    return mark.nowMs - fromMs > mostMs ? { fromMs, toMs: mark.nowMs } : null;
  }

  /** One look. Throws what the database throws; the next look begins anew and answers for how long it was blind. */
  async look(signal?: AbortSignal): Promise<Blindness | null> {
    if (this.cutOff) return this.begin();
    try {
      await this.judge(signal);
    } catch (error) {
      this.cutOff = true;
      throw error;
    }
    return null;
  }

  private async judge(signal?: AbortSignal): Promise<void> {
    const nowMs = this.ground.clock.monotonicMs();
    if (nowMs - this.markedAtMs > blindAfterMs) throw nobodyWatched();
    const silent = await this.findSilent();
    for (let start = 0; start < silent.length && !signal?.aborted; start += statusBatchSize) {
      await this.write(silent.slice(start, start + statusBatchSize));
      // Thousands take their time, in which somebody watches.
      if (this.isMarkDue()) await this.mark();
    }
    if (signal?.aborted) return;
    const judgedMs = this.ground.clock.monotonicMs();
    if (nowMs - this.reloadedAtMs >= reloadEveryMs) await this.reload();
    if (!this.isMarkDue()) return;
    await this.endOverdue();
    await this.mark(judgedMs);
  }

  private isMarkDue(): boolean {
    return this.ground.clock.monotonicMs() - this.markedAtMs >= markEveryMs;
  }

  private async mark(judgedMs?: number): Promise<void> {
    const askedMs = this.ground.clock.monotonicMs();
    const markMs = await this.inTime(() => keepMark(this.ground.db, blindAfterMs), judgedMs);
    if (markMs === null) throw nobodyWatched();
    this.noteMark(markMs, askedMs);
  }

  /**
   * An answer that took as long as an outage is one: meanwhile nobody could come in, and beats waited to be written. What
   * was asked since `askedMs` counts too.
   */
  private async inTime<Answer>(
    ask: () => Promise<Answer>,
    askedMs = this.ground.clock.monotonicMs(),
  ): Promise<Answer> {
    this.demandInTime(askedMs);
    const answer = await ask();
    this.demandInTime(askedMs);
    return answer;
  }

  private demandInTime(askedMs: number): void {
    const tookMs = Math.round(this.ground.clock.monotonicMs() - askedMs);
    if (tookMs <= this.mostGapMs()) return;
    throw new Error(
      `The database took ${tookMs} ms to answer; nobody is judged by what was not heard meanwhile.`,
    );
  }

  /** Until when somebody watched: by our own clock when that was us, since the database's may have been set. */
  private watchedUntilMs({ markMs, nowMs }: MarkRead): number {
    if (markMs === null) return nowMs;
    if (markMs !== this.lastMarkMs) return markMs;
    return nowMs - (this.ground.clock.monotonicMs() - this.markedAtMs);
  }

  /** A gap of this length can't alone have made anybody seem silent. */
  private mostGapMs(): number {
    return this.pace.silentAfterMs() / 2;
  }

  private graceMs(): number {
    return this.options.graceMs ?? Math.max(leastGraceMs, this.pace.silentAfterMs());
  }

  private async findSilent(): Promise<Silent[]> {
    const threshold = this.pace.silentAfterMs();
    const grace = this.graceMs();
    const candidates = this.live.silent((entry) => (entry.unseen ? grace / 2 : threshold));
    const awaited = this.isGrace(grace);
    const isLate = ({ entry }: SilentEntry) => !entry.unseen || !awaited;
    const fresh = candidates.filter((one) => isLate(one) || !this.lostSight.has(one.agentId));
    if (fresh.length === 0) return [];
    const agentIds = fresh.map(({ agentId }) => agentId);
    const rows = await this.inTime(() => loadPresence(this.ground.db, agentIds, this.ground.clock.now()));
    const found: Silent[] = [];
    for (const one of fresh) {
      const { agentId, entry, heardMs, silentForMs } = one;
      const row = rows.get(agentId);
      if (this.wasHeardSince(agentId, heardMs)) continue;
      if (!row) this.live.forget(agentId);
      else if (row.lastBeatMs !== null && row.lastBeatMs > (entry.beatAtMs ?? 0)) {
        this.live.touch(agentId, entry.account, row.lastBeatMs);
      } else if (!row.held) {
        const why = entry.unseen ? "Not heard since Mission Control watches again." : undefined;
        const event: StatusEvent = isLate(one)
          ? { kind: "silent", silentForMs, why }
          : { kind: "lost-sight" };
        found.push({ agentId, account: entry.account, heardMs, event });
      }
    }
    return found;
  }

  private isGrace(graceMs: number): boolean {
    if (this.grace?.isOver(this.live.unseen(), this.live.nowMs(), graceMs)) this.grace = null;
    return this.grace !== null;
  }

  private wasHeardSince(agentId: string, heardMs: number): boolean {
    return this.live.get(agentId)?.heardMs !== heardMs;
  }

  private async write(batch: Silent[]): Promise<void> {
    const askedMs = this.ground.clock.monotonicMs();
    const accounts = new Set(batch.map(({ account }) => account));
    for (const account of accounts) {
      const changes = batch
        .filter((silent) => silent.account === account)
        .map(({ agentId, heardMs, event }) => {
          const stillSo = () => {
            this.demandInTime(askedMs);
            return !this.wasHeardSince(agentId, heardMs);
          };
          return { agentId, event, stillSo };
        });
      const ctx = systemCtx(this.ground, account);
      const changed = await changeStatuses(ctx, changes, this.pace.silentAfterMs());
      for (const { agentId, event } of changes) {
        if (event.kind === "lost-sight") this.lostSight.add(agentId);
        // Under its lock it may have turned out to be held by a change: then it stays on watch.
        else if (changed.has(agentId)) this.live.forget(agentId);
      }
    }
  }

  /** Those who are there by the database but were never heard here: their beats come to an instance we don't hear. */
  private async reload(): Promise<void> {
    for (const { agentId, account, lastBeatMs } of await loadWatched(this.ground.db)) {
      if (!this.live.has(agentId)) this.live.expect(agentId, account, lastBeatMs, false);
    }
    this.reloadedAtMs = this.ground.clock.monotonicMs();
  }

  /** Transitional statuses always end: of one that still beats here, of a silent one as silence. */
  private async endOverdue(): Promise<void> {
    const overdue = await loadOverdue(this.ground.db, this.ground.clock.now());
    const threshold = this.pace.silentAfterMs();
    const silent = new Set(this.live.silent(() => threshold).map(({ agentId }) => agentId));
    const batch = overdue.filter(
      ({ agentId }) => this.live.get(agentId)?.expected === false && !silent.has(agentId),
    );
    const accounts = new Set(batch.map(({ account }) => account));
    for (const account of accounts) {
      const changes = batch
        .filter((row) => row.account === account)
        .map(({ agentId }) => ({ agentId, event: { kind: "overdue" } as const }));
      await changeStatuses(systemCtx(this.ground, account), changes, threshold);
    }
  }

  private noteMark(markMs: number, atMs: number): void {
    this.lastMarkMs = markMs;
    this.markedAtMs = atMs;
  }
}
