import { defaultStuckAfterMs } from "@/contracts/fleet/status";
import type { BeatSignal } from "@/contracts/signals";
import type {
  AgentActivity,
  AgentAuth,
  AgentLogs,
  Beat,
  BeatAnswer,
  Bye,
  ConfigApplied,
  LogsAnswer,
  PlainAnswer,
} from "@/contracts/wire/agent";
import { reportActivity } from "@/domain/fleet/activities/report-activity";
import type { StatusEvent } from "@/domain/fleet/agents/status-event";
import { reportConfig } from "@/domain/fleet/config/report-config";
import { appendLines } from "@/domain/fleet/logs/append-lines";
import type { LineWatch } from "@/domain/fleet/logs/line-watch";
import { LogGate, type LogGateOptions } from "@/domain/fleet/logs/log-gate";
import { type Ctx, type Ground, pgErrorOf } from "@/domain/kernel";
import { type Loop, startLoop } from "@/platform/loop";
import { AdmissionDesk } from "./admission-desk";
import { Admittance, type CameBy } from "./admit";
import type { Admission, AdmissionRow, AdmittedAgent } from "./admitted-agent";
import { BeatSignals } from "./beat-signals";
import { followLife } from "./follow-life";
import { judgeBeat, type KnownBeat } from "./judge-beat";
import { LiveBeats } from "./live-beats";
import { MinuteSums } from "./minute-sums";
import { overstayed } from "./overstayed";
import { Pace, type PaceOptions } from "./pace";
import { PresenceWriter } from "./presence-writer";
import { type HttpSession, loadHttpAgent } from "./session-over-http";
import { notSaved, refused } from "./wire-answers";

export type DoorOptions = PaceOptions &
  LogGateOptions & {
    /** Work without progress for this long is `stuck`; two minutes by default. */
    stuckAfterMs?: number;
    /** Agents' certificates come from an authority that is not ours: they are known from their first use on. */
    outsideAuthority?: boolean;
    /** Who looks through the lines as they come in. */
    lineWatch?: LineWatch;
  };

const minutesEveryMs = 5_000;

/** What agents' messages do, whichever transport they came by. The messages are parsed already. */
export class AgentDoor {
  /** Who was heard when, on every instance: what the sweeper judges by. */
  readonly live: LiveBeats;
  readonly pace: Pace;
  private readonly desk: AdmissionDesk;
  private readonly admittance: Admittance;
  private readonly writer: PresenceWriter;
  private readonly signals: BeatSignals;
  private readonly minutes = new MinuteSums();
  private readonly gate: LogGate;
  private readonly httpAgents = new Map<string, AdmittedAgent>();
  private readonly stopFollowing: () => void;
  private readonly minuteLoop: Loop;

  constructor(
    private readonly ground: Ground,
    private readonly options: DoorOptions = {},
  ) {
    this.live = new LiveBeats(ground.clock);
    this.pace = new Pace(ground.clock, ground.ids, () => this.live.size, options);
    this.desk = new AdmissionDesk(ground.db, ground.clock);
    this.admittance = new Admittance(ground, this.desk, options.outsideAuthority ?? false);
    this.writer = new PresenceWriter(ground, () => this.pace.silentAfterMs());
    this.signals = new BeatSignals(ground.bus);
    this.gate = new LogGate(ground.clock, options);
    this.stopFollowing = followLife(ground.bus, this.live);
    this.minuteLoop = startLoop({
      name: "metric-minutes",
      everyMs: minutesEveryMs,
      clock: ground.clock,
      log: ground.log,
      run: () => this.minutes.flush(ground.db, ground.clock.now()),
    });
  }

  /** Judges a handshake. Many at once share their queries. Never throws. */
  async admit(auth: AgentAuth, by: CameBy = { certificate: null, address: null }): Promise<Admission> {
    const { admission, row } = await this.admittance.admit(auth, by);
    if (admission.ok && row) this.connected(admission.agent, row);
    return admission;
  }

  /** The agent of an authenticated HTTP request, remembered while its session stays the same; null when removed. */
  async overHttp(agentId: string, account: string, session: HttpSession): Promise<AdmittedAgent | null> {
    const known = this.httpAgents.get(agentId);
    const sameSession = !session.sessionId || known?.session.sessionId === session.sessionId;
    if (known && sameSession && !known.over) return known;
    const found = await loadHttpAgent(this.ground.db, agentId, account, session);
    if (!found) return null;
    this.httpAgents.set(agentId, found.agent);
    this.connected(found.agent, found.row);
    return found.agent;
  }

  /** Answered when the beat is durable; the board hears of it at once. Never throws, and `answer` must not. */
  beat(agent: AdmittedAgent, message: Beat, answer: (answer: BeatAnswer) => void): void {
    if (agent.over || agent.endedAt) {
      answer(refused("conflict", "This session is over. Connect with a new one to go on."));
      return;
    }
    const receivedAtMs = this.ground.clock.nowMs();
    const beat = judgeBeat(message, receivedAtMs, this.options.stuckAfterMs ?? defaultStuckAfterMs);
    this.signals.add(signalOf(agent, beat));
    this.minutes.add(agent.agentId, agent.account, beat);
    this.writer.beat(agent.agentId, agent.account, beat, (durable) => {
      if (!durable) return answer(notSaved("This beat"));
      answer({
        ok: true,
        nextBeatMs: this.pace.next(),
        receivedAt: receivedAtMs,
        answeredAt: this.ground.clock.nowMs(),
      });
    });
  }

  /** Answers `through` when every line up to it is durable. */
  async logs(agent: AdmittedAgent, batch: AgentLogs): Promise<LogsAnswer> {
    const passed = this.gate.pass(agent.agentId, batch.lines.length, () =>
      appendLines(this.ground, agent, batch, this.options.lineWatch),
    );
    if (!passed) {
      return refused("too-many", "Wait for the answer to each batch of lines before sending more.", 1_000);
    }
    try {
      return { ok: true, through: await passed };
    } catch (error) {
      return this.failed(error, "These lines");
    }
  }

  async activity(agent: AdmittedAgent, message: AgentActivity): Promise<PlainAnswer> {
    try {
      await reportActivity(this.ctxOf(agent), agent, message);
      return { ok: true };
    } catch (error) {
      return this.failed(error, "This activity");
    }
  }

  /** What became of the configuration that the agent was given. */
  async config(agent: AdmittedAgent, message: ConfigApplied): Promise<PlainAnswer> {
    try {
      await reportConfig(this.ctxOf(agent), agent, message);
      return { ok: true };
    } catch (error) {
      return this.failed(error, "This word about the configuration");
    }
  }

  /** The agent ends on purpose. What it sent before is written first, so that nothing brings it back. */
  async bye(agent: AdmittedAgent, message: Bye): Promise<PlainAnswer> {
    agent.over = true;
    const { session, endedAt } = agent;
    const { reason, exitCode = null, signal = null } = message;
    const end = { reason, exitCode, signal };
    const event: StatusEvent = endedAt
      ? { kind: "late-bye", session, endedAt, ...end }
      : { kind: "bye", sessionId: session.sessionId, ...end };
    return (await this.change(agent, event)) ? { ok: true } : notSaved("This goodbye");
  }

  /** A closed connection is no news: the same session may be back in a moment. Silence is what counts. */
  disconnected(agent: AdmittedAgent): void {
    this.ground.log.debug({ agentId: agent.agentId }, "An agent's connection closed.");
  }

  /** ms until the next beat of one agent, with its share of jitter. */
  interval(): number {
    return this.pace.next();
  }

  /** Whose key or certificate is no longer good: for connections that missed the bus's word, or outlived it. */
  async overstayed(agents: AdmittedAgent[]): Promise<Set<AdmittedAgent>> {
    return overstayed(this.ground.db, this.ground.clock.now(), agents);
  }

  /** Writes what is in memory and ends. */
  async stop(): Promise<void> {
    this.stopFollowing();
    await this.writer.stop();
    await this.minuteLoop.stop();
    try {
      await this.minutes.flush(this.ground.db, this.ground.clock.now(), true);
    } catch (error) {
      this.ground.log.warn({ err: error }, "The last metrics could not be saved.");
    }
    await this.desk.stop();
  }

  /**
   * A session that is known and thought to be there changes nothing, so a storm of returns writes nothing. One that is
   * over already is not there: its goodbye tells of it.
   */
  private connected(agent: AdmittedAgent, row: Pick<AdmissionRow, "status" | "knownSession">): void {
    if (agent.endedAt) return;
    this.live.touch(agent.agentId, agent.account);
    const isNews = row.knownSession !== agent.session.sessionId || row.status !== "online";
    if (isNews) void this.change(agent, { kind: "connected", session: agent.session });
  }

  private change(agent: AdmittedAgent, event: StatusEvent): Promise<boolean> {
    return this.writer.statuses.add(agent.account, { agentId: agent.agentId, event });
  }

  private ctxOf(agent: AdmittedAgent): Ctx {
    const actor = { kind: "agent", id: agent.agentId, name: agent.name } as const;
    return { ...this.ground, account: agent.account, actor, role: null, requestId: null };
  }

  /** What the database itself refuses is a defect of ours; everything else means that it is away. */
  private failed(error: unknown, what: string) {
    const refusal = pgErrorOf(error)?.code;
    if (refusal && /^(22|23|42)/.test(refusal)) {
      this.ground.log.error({ err: error }, "An agent's message could not be stored.");
      return refused("internal", `${what} could not be stored: something broke on our side.`);
    }
    this.ground.log.warn({ err: error }, "An agent's message can't be saved now.");
    return notSaved(what);
  }
}

function signalOf(agent: AdmittedAgent, beat: KnownBeat): BeatSignal {
  return {
    agentId: agent.agentId,
    account: agent.account,
    receivedAt: beat.receivedAtMs,
    transitMs: beat.transitMs,
    activity: beat.activity,
    task: beat.task,
    progressAt: beat.progressAtMs,
    cpuPercent: beat.metrics?.cpuPercent ?? null,
    memoryBytes: beat.metrics?.memoryBytes ?? null,
  };
}
