import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import {
  type AgentAuth,
  type AgentRefusalCode,
  type AgentToServer,
  agentNamespace,
  agentProtocol,
  type CommandMessage,
  commandMessageSchema,
  type PlainAnswer,
  type Refused,
  type ServerToAgent,
  type Welcome,
  welcomeSchema,
} from "@/contracts/wire/agent";
import { Backoff } from "./backoff";
import type { LinkTls } from "./tls-files";

export type LinkEvents = {
  welcome(welcome: Welcome): void;
  command(command: CommandMessage): void;
  lost(reason: string): void;
  refused(code: string, message: string): void;
};
export type LinkOptions = {
  url: string;
  /** Empty when the certificate says who we are. */
  key: string;
  tls: LinkTls;
  identity: Omit<AgentAuth, "key" | "protocol" | "endedAt">;
  /** When the session ended, once it has: asked at each handshake. */
  endedAt(): number | undefined;
};

/** Longer than the server takes to say `unavailable` (5 s), so that a slow database is not taken for a dead line. */
const answerTimeoutMs = 10_000;
/** A refused key does not become right by asking often, but it may be put right by a person. */
const refusedRetryMs = 30_000;
const hurriedRetryMs = { first: 250, most: 2_000 };
const slowly = () => refusedRetryMs * (0.75 + Math.random() / 2);
const definite: ReadonlySet<string> = new Set(["invalid", "not-found", "expired", "conflict"]);

/** Whether saying it again would change nothing. */
export function isDefinite(answer: PlainAnswer): boolean {
  return answer.ok || definite.has(answer.error.code);
}

/** The server fails on it. That may pass, but what it fails on so many times must not hold up all that comes behind. */
export const mostFailures = 5;
export function isFailure(answer: PlainAnswer | null): answer is Refused {
  return answer?.ok === false && answer.error.code === "internal";
}

/**
 * The connection to Mission Control: one WebSocket that is made again for ever, after 0.5 to 10 s with jitter.
 * Answers are awaited here; what to do with them is for those who ask.
 */
export class Link {
  private readonly socket: Socket<ServerToAgent, AgentToServer>;
  private readonly backoff = new Backoff(1_000, 10_000);
  private timer: NodeJS.Timeout | undefined;
  private waiting: (() => void)[] = [];
  /** It waits before the next try. */
  private pausing = false;
  private hurried = false;
  closed = false;
  /** True from the server's `welcome` on: before it, nothing is sent. */
  ready = false;

  constructor(options: LinkOptions, events: LinkEvents) {
    this.socket = io(new URL(agentNamespace, options.url).href, {
      ...options.tls,
      transports: ["websocket"],
      autoConnect: false,
      forceNew: true,
      reconnection: true,
      reconnectionDelay: 750,
      reconnectionDelayMax: 7_000,
      randomizationFactor: 0.4,
      timeout: answerTimeoutMs,
      auth: (give) =>
        give({
          ...options.identity,
          key: options.key,
          protocol: agentProtocol,
          endedAt: options.endedAt(),
        }),
    });
    this.socket.io.on("reconnect_attempt", () => {
      this.pausing = false;
    });
    this.socket.on("welcome", (message) => {
      const welcome = welcomeSchema.safeParse(message);
      if (!welcome.success) return events.refused("protocol", "The server's welcome was not understood.");
      this.backoff.reset();
      this.ready = true;
      events.welcome(welcome.data);
      for (const go of this.waiting.splice(0)) go();
    });
    this.socket.on("command", (message, received) => {
      const command = commandMessageSchema.safeParse(message);
      if (!command.success) {
        received?.({ ok: false, error: { code: "invalid", message: "The command was not understood." } });
        return;
      }
      received?.({ ok: true });
      events.command(command.data);
    });
    let dismissed = false;
    this.socket.on("goodbye", ({ code, message }) => {
      dismissed = true;
      events.refused(code, message);
    });
    this.socket.on("disconnect", (reason) => {
      this.ready = false;
      this.pausing = true;
      // What we closed ourselves is not lost.
      if (reason !== "io client disconnect") events.lost(reason);
      // After a word from the server Socket.IO does not come back by itself.
      if (reason === "io server disconnect") this.later(dismissed ? slowly() : this.backoff.next());
      dismissed = false;
    });
    this.socket.on("connect_error", (error: Error & { data?: { code?: AgentRefusalCode } }) => {
      this.ready = false;
      this.pausing = true;
      if (this.socket.active) return;
      const code = error.data?.code ?? "unavailable";
      events.refused(code, error.message);
      this.later(code === "unavailable" ? this.backoff.next() : slowly());
    });
  }

  open(): void {
    // One that is still to come would ask a second time over the same connection.
    clearTimeout(this.timer);
    this.pausing = false;
    this.socket.connect();
  }

  /** Breaks a connection that looks alive but answers nothing, and makes a new one. */
  renew(): void {
    this.socket.io.engine?.close();
  }

  /** Makes a new connection on purpose: after a goodbye the server hears no more over the old one. */
  connectAnew(): void {
    this.socket.disconnect();
    this.open();
  }

  /** Somebody waits for the connection: tries at once, and often from now on. */
  hurry(): void {
    if (this.hurried || this.closed) return;
    this.hurried = true;
    const { first, most } = hurriedRetryMs;
    this.socket.io.reconnectionDelay(first);
    this.socket.io.reconnectionDelayMax(most);
    if (this.pausing) this.connectAnew();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.disconnect();
    for (const go of this.waiting.splice(0)) go();
  }

  /** One try. Null when there is no connection, or no answer in time. */
  async ask<Answer extends { ok: true }>(
    event: keyof AgentToServer,
    message: unknown,
    timeoutMs = answerTimeoutMs,
  ): Promise<Answer | Refused | null> {
    if (!this.ready) return null;
    try {
      return (await this.socket.timeout(timeoutMs).emitWithAck(event, message)) as Answer | Refused;
    } catch {
      return null;
    }
  }

  /**
   * Asks until there is a definite answer, over any number of connections; null when the link was closed. A failure of the
   * server's own is taken for definite when it was the answer `patience` times.
   */
  async insist(
    event: keyof AgentToServer,
    message: unknown,
    patience = Number.POSITIVE_INFINITY,
  ): Promise<PlainAnswer | null> {
    const backoff = new Backoff(500, 10_000);
    let failures = 0;
    while (!this.closed) {
      await this.whenReady();
      const answer = await this.ask<{ ok: true }>(event, message);
      if (answer && isDefinite(answer)) return answer;
      if (isFailure(answer) && ++failures >= patience) return answer;
      const told = answer?.ok === false ? answer.error.retryAfterMs : undefined;
      if (!this.closed) await sleep(told ?? backoff.next());
    }
    return null;
  }

  /** Resolves once there is a connection, or the link was closed. */
  whenReady(): Promise<void> {
    if (this.ready || this.closed) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    const waitMs = this.hurried ? Math.min(ms, hurriedRetryMs.most) : ms;
    if (!this.closed) this.timer = setTimeout(() => this.open(), waitMs);
  }
}
