import { nowMs, stampOf } from "../measure/moment";
import { type AgentLink, type Dialect, openAgentLink } from "./dialects";

export type FleetSettings = {
  dialect: Dialect;
  port: number;
  baseMs: number;
  /** Wait before the next try to connect, in ms: between these two. */
  retryMs: [number, number];
  /** Once connected, each beats by itself as the server tells it to. */
  beating: boolean;
  /** Clocks of agents are wrong by up to so much, to either side. */
  skewMs: number;
};

/** What the fleet wants to know of its agents. */
export type AgentEvents = {
  taken(): void;
  ready(agent: LoadAgent): void;
  acked(ackId: number, ok: boolean): void;
  refused(words: string): void;
};

/** One agent: keeps its connection, beats when told or by itself. */
export class LoadAgent {
  ready = false;
  /** When its last beat left, CLOCK_MONOTONIC. */
  lastBeatMs = 0;
  private link: AgentLink | null = null;
  private timer: NodeJS.Timeout | undefined;
  private gone = false;
  /** As the server told it last. */
  private everyMs = 2_000;
  private quiet = false;
  private readonly skewMs: number;

  constructor(
    readonly index: number,
    readonly key: string,
    readonly settings: FleetSettings,
    private readonly events: AgentEvents,
    private readonly nextAckId: (agent: LoadAgent) => number,
  ) {
    this.skewMs = settings.skewMs * ((index % 3) - 1);
  }

  connect(): void {
    const { dialect, port, retryMs } = this.settings;
    const again = () => {
      this.ready = false;
      this.link = null;
      clearTimeout(this.timer);
      if (this.gone) return;
      const [least, most] = retryMs;
      setTimeout(() => this.connect(), least + Math.random() * (most - least));
    };
    this.link = openAgentLink({
      dialect,
      port,
      index: this.index,
      key: this.key,
      onTaken: () => this.events.taken(),
      onReady: () => {
        this.ready = true;
        if (this.settings.beating) this.beat();
        this.events.ready(this);
      },
      onAck: (ackId, ok, nextBeatMs) => {
        this.events.acked(ackId, ok);
        if (nextBeatMs !== null) this.everyMs = nextBeatMs;
      },
      onClose: (refused) => {
        if (refused) this.events.refused(refused);
        again();
      },
    });
  }

  /** Sends a beat whose memory figure says when it left. */
  beat(): void {
    if (!this.link || !this.ready || this.quiet) return;
    const ms = nowMs();
    this.lastBeatMs = ms;
    // The next one does not wait for this one's answer: an agent beats, whatever the server does.
    if (this.settings.beating) this.timer = setTimeout(() => this.beat(), this.everyMs);
    const at = Date.now() + this.skewMs;
    const memory = stampOf(ms, this.settings.baseMs) * 1024;
    const cpu = (this.index * 7 + Math.floor(ms / 100)) % 1_000;
    this.link.beat(
      `{"at":${at},"state":"working","progressAt":${at},"task":"batch ${this.index % 50}",` +
        `"metrics":{"cpuPercent":${cpu / 10},"memoryBytes":${memory}},"clockOffsetMs":${-this.skewMs}}`,
      this.nextAckId(this),
    );
  }

  /** One last beat, then silence: with its connection open, or cut as by a kill. */
  silence(cut: boolean): void {
    clearTimeout(this.timer);
    this.beat();
    this.quiet = true;
    clearTimeout(this.timer);
    // The last beat has to get out before the connection falls.
    if (cut) setTimeout(() => this.leave(), 50);
  }

  leave(): void {
    this.gone = true;
    clearTimeout(this.timer);
    this.link?.close();
    this.ready = false;
  }
}
