import { randomUUID } from "node:crypto";
import { io, type Socket } from "socket.io-client";
import {
  type AgentAuth,
  agentNamespace,
  agentProtocol,
  type BeatAnswer,
  type CommandMessage,
  type LogsAnswer,
  type PlainAnswer,
  type Welcome,
} from "@/contracts/wire/agent";

export type FakeAgentOptions = {
  /** Server's origin, such as `http://127.0.0.1:40123`. */
  url: string;
  key: string;
  sessionId?: string;
  /** More of the handshake, also what is not allowed in it. */
  auth?: Record<string, unknown>;
  /** Comes back by itself when the connection breaks; off unless asked for. */
  reconnect?: boolean;
  /** PEM texts of a connection by TLS: whom it trusts, and what it shows of itself. */
  tls?: { ca?: string; cert?: string; key?: string };
};

/** A message as a test may want to send it: the right fields are filled in, any of them may be replaced. */
type Loose = Record<string, unknown>;

/** An agent that speaks the real protocol over a real socket, and anything else that a test makes it say. */
export class FakeAgent {
  readonly sessionId: string;
  readonly socket: Socket;
  /** Commands as they arrived, repeats included. */
  readonly commands: CommandMessage[] = [];
  readonly goodbyes: { code: string; message: string }[] = [];
  readonly welcomes: Welcome[] = [];
  /** Why the connection last ended, null while it stands. */
  closed: string | null = null;
  /** What it answers to a command; replaced by tests that do not want it received. */
  receive: (command: CommandMessage) => PlainAnswer | null = () => ({ ok: true });
  onCommand: (command: CommandMessage) => void = () => {};
  private seq = 0;

  constructor(options: FakeAgentOptions) {
    this.sessionId = options.sessionId ?? randomUUID();
    const auth: AgentAuth = {
      key: options.key,
      protocol: agentProtocol,
      sessionId: this.sessionId,
      hostname: "test-host",
      version: "1.0.0",
      pid: process.pid,
    };
    this.socket = io(`${options.url}${agentNamespace}`, {
      ...options.tls,
      transports: ["websocket"],
      autoConnect: false,
      forceNew: true,
      reconnection: options.reconnect ?? false,
      reconnectionDelay: 50,
      reconnectionDelayMax: 250,
      auth: { ...auth, ...options.auth },
    });
    this.socket.on("welcome", (welcome: Welcome) => this.welcomes.push(welcome));
    this.socket.on("goodbye", (why: { code: string; message: string }) => this.goodbyes.push(why));
    this.socket.on("disconnect", (reason) => {
      this.closed = reason;
    });
    this.socket.on("command", (command: CommandMessage, received: (answer: PlainAnswer) => void) => {
      this.commands.push(command);
      const answer = this.receive(command);
      if (answer) received(answer);
      this.onCommand(command);
    });
  }

  /** Resolves with the welcome; rejects with `RefusedError` when the handshake was refused. */
  connect(): Promise<Welcome> {
    this.closed = null;
    return new Promise((resolve, reject) => {
      this.socket.once("welcome", resolve);
      this.socket.once("connect_error", (error: Error & { data?: { code?: string } }) => {
        this.socket.off("welcome", resolve);
        reject(new RefusedError(error.message, error.data?.code ?? null));
      });
      this.socket.connect();
    });
  }

  /** Sends any event with any arguments and answers what came back. */
  say(event: string, ...args: unknown[]): Promise<Loose> {
    return this.socket.timeout(15_000).emitWithAck(event, ...args);
  }

  beat(fields: Loose = {}): Promise<BeatAnswer> {
    return this.ask("beat", {
      at: Date.now(),
      state: "working",
      progressAt: Date.now(),
      task: "testing",
      metrics: { cpuPercent: 12.5, memoryBytes: 64_000_000 },
      ...fields,
    });
  }

  /** Lines with the next `seq`s; a test may give its own. */
  logs(lines: (string | Loose)[], fields: Loose = {}): Promise<LogsAnswer> {
    const numbered = lines.map((line) => ({
      seq: this.seq++,
      at: Date.now(),
      level: "info",
      ...(typeof line === "string" ? { message: line } : line),
    }));
    return this.ask("logs", { lines: numbered, ...fields });
  }

  activity(fields: Loose = {}): Promise<PlainAnswer> {
    return this.ask("activity", {
      id: randomUUID(),
      at: Date.now(),
      kind: "note",
      title: "did a thing",
      ...fields,
    });
  }

  update(id: string, state: string, fields: Loose = {}): Promise<PlainAnswer> {
    return this.ask("command.update", { id, state, ...fields });
  }

  bye(fields: Loose = {}): Promise<PlainAnswer> {
    return this.ask("bye", { reason: "test is over", ...fields });
  }

  /** Closes without a word, as a killed process does. */
  vanish(): void {
    this.socket.io.engine?.close();
    this.socket.disconnect();
  }

  private ask<Answer>(event: string, message: Loose): Promise<Answer> {
    return this.socket.timeout(15_000).emitWithAck(event, message);
  }
}

/** The handshake was refused; `code` is the protocol's, null when no server answered. */
export class RefusedError extends Error {
  constructor(
    message: string,
    readonly code: string | null,
  ) {
    super(message);
  }
}
