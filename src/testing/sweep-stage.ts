import { changeStatuses, createAgent, findAgent } from "@/domain/fleet/agents";
import { flushBeats } from "@/domain/fleet/presence/flush-beats";
import { LiveBeats } from "@/domain/fleet/presence/live-beats";
import { Pace } from "@/domain/fleet/presence/pace";
import { Sweep } from "@/domain/fleet/presence/sweep";
import { readFacts, systemCtx } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { type FakeClock, fakeClock } from "./clock";
import { eventually } from "./eventually";
import { personCtx, type TestGround, testGround } from "./ground";

const session = { host: "h", pid: 1, version: null, commandLine: null, keyPrefix: null };

/** Agents that beat every two seconds and may be silent for six, a sweeper that looks at them, and a fake clock. */
export class SweepStage {
  live!: LiveBeats;
  sweep!: Sweep;

  private constructor(
    readonly clock: FakeClock,
    readonly ground: TestGround,
  ) {
    this.startAgain();
  }

  static async open(): Promise<SweepStage> {
    const clock = fakeClock();
    return new SweepStage(clock, await testGround({ clock }));
  }

  /** What a process of ours knows at its start: nothing. */
  newProcess(): { live: LiveBeats; sweep: Sweep } {
    const { clock, ground } = this;
    const live = new LiveBeats(clock);
    const pace = new Pace(clock, ground.ids, () => 3, { silentAfterMs: 6_000 });
    return { live, sweep: new Sweep(ground, live, pace, { graceMs: 20_000 }) };
  }

  startAgain(): void {
    Object.assign(this, this.newProcess());
  }

  async onlineAgent(name: string): Promise<string> {
    const { id } = await createAgent(personCtx(this.ground), { name });
    const event = { kind: "connected", session: { ...session, sessionId: `s-${name}` } } as const;
    await changeStatuses(systemCtx(this.ground), [{ agentId: id, event }]);
    return id;
  }

  /** Time passes as the sweeper sees it: a look every quarter of a second; some agents beat every two seconds. */
  async pass(ms: number, beating: string[] = [], { heard = true } = {}): Promise<void> {
    for (let at = 250; at <= ms; at += 250) {
      await this.clock.advance(250);
      if (at % 2_000 === 0) for (const id of beating) await this.beat(id, heard);
      await this.sweep.look();
    }
  }

  /** Looks that fail, as its loop lets them. */
  async passCutOff(ms: number): Promise<void> {
    for (let at = 250; at <= ms; at += 250) {
      await this.clock.advance(250);
      await this.sweep.look().catch(() => null);
    }
  }

  async statusOf(id: string) {
    return (await findAgent(personCtx(this.ground), id)).status;
  }

  /** How many facts of that kind the log holds. */
  async count(kind: string): Promise<number> {
    await stampFacts(this.ground);
    return (await readFacts(this.ground.db, 0, 1_000)).filter((fact) => fact.kind === kind).length;
  }

  /** The database says that the mark of who watches is older by so much than it is. */
  async ageMark(ms: number): Promise<void> {
    await this.ground.db.sql`update cursors set seq = seq - ${ms}::int8 where name = 'sweep.watching'`;
  }

  /** Waits until so many statements wait for a lock. */
  heldUp(count = 1) {
    return eventually(async () => {
      const waiting = await this.ground.db.sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.length >= count;
    });
  }

  /** A beat that reached the database, and this instance's ears unless the bus lost it. */
  private async beat(agentId: string, heard: boolean): Promise<void> {
    const receivedAt = this.clock.now();
    const receivedAtMs = receivedAt.getTime();
    const told = { activity: "working", task: "t", transitMs: null } as const;
    const beat = { ...told, receivedAtMs, progressAtMs: null, metrics: null };
    await flushBeats(this.ground.db, new Map([[agentId, beat]]), receivedAt);
    const signal = { agentId, account: "acc_main", receivedAt: receivedAtMs, cpuPercent: null };
    if (heard) this.live.take([{ ...signal, ...told, progressAt: null, memoryBytes: null }]);
  }
}
