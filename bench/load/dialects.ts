import { Link } from "./link";
import { SocketIoLink } from "./socket-io";

/** `product`: the real agent protocol · `raw`: the raw ws floor · `bare`: Socket.IO that only accepts. */
export type Dialect = "product" | "raw" | "bare";

export type AgentLinkOptions = {
  dialect: Dialect;
  port: number;
  index: number;
  key: string;
  onTaken(): void;
  onReady(): void;
  /** `ok`: the server took the message under this id. */
  onAck(ackId: number, ok: boolean, nextBeatMs: number | null): void;
  onClose(refused?: string): void;
};

/** How an agent speaks to one kind of server. */
export type AgentLink = { beat(json: string, ackId: number): void; close(): void };

const okText = Buffer.from('"ok":true');

export function openAgentLink(options: AgentLinkOptions): AgentLink {
  if (options.dialect === "raw") return openRaw(options);
  const product = options.dialect === "product";
  const namespace = product ? "/agents" : "/";
  const auth = {
    key: options.key,
    protocol: 1,
    sessionId: `bench-${options.index}`,
    hostname: `host-${options.index % 200}`,
    version: "1.0.0",
    pid: 1_000 + options.index,
    commandLine: "node worker.mjs",
  };
  const ackAt = product ? 2 + namespace.length + 1 : 2;
  const link = new SocketIoLink({
    port: options.port,
    namespace,
    auth: product ? auth : {},
    onTaken: options.onTaken,
    onReady: options.onReady,
    onClose: options.onClose,
    onText: (payload) => {
      // 43/agents,17[{"ok":true,"nextBeatMs":2000,…}]
      if (payload[1] !== 0x33) return;
      const text = payload.toString("latin1", ackAt);
      options.onAck(Number.parseInt(text, 10), payload.includes(okText), nextBeatIn(text));
    },
  });
  return { beat: (json, ackId) => link.emitText("beat", json, ackId), close: () => link.close() };
}

function nextBeatIn(text: string): number | null {
  const found = /"nextBeatMs":(\d+)/.exec(text);
  return found ? Number(found[1]) : null;
}

function openRaw(options: AgentLinkOptions): AgentLink {
  const link = new Link({
    port: options.port,
    path: "/agents",
    onTaken: options.onTaken,
    onOpen: options.onReady,
    onClose: () => options.onClose(),
    onText: (payload) => options.onAck(Number.parseInt(payload.toString("latin1", 7), 10), true, null),
  });
  return {
    beat: (json, ackId) => link.send(`{"id":${options.index},"ack":${ackId},"beat":${json}}`),
    close: () => link.close(),
  };
}
