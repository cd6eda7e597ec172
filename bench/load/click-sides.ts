import { Agent, request } from "node:http";
import type { ClickTimes } from "./click-times";
import { SocketIoLink } from "./socket-io";

export type SideOptions = {
  port: number;
  cookie: string;
  agents: { id: string; key: string }[];
  watchers: number;
  times(): ClickTimes | null;
};
/** One server with agents and watchers, where a click can be made. */
export type Side = { click(agent: number): void };

const keptFrames = 1_000;
const afterHead = (payload: Buffer) => JSON.parse(payload.toString("utf8", payload.indexOf("[")));
const open = (options: Omit<ConstructorParameters<typeof SocketIoLink>[0], "onReady" | "onClose">) =>
  new Promise<SocketIoLink>((resolve) => {
    const link: SocketIoLink = new SocketIoLink({
      ...options,
      onReady: () => resolve(link),
      onClose: (refused) => {
        throw new Error(`A connection was closed: ${refused ?? "without a word"}`);
      },
    });
  });

/** The real product: clicks by REST, agents that acknowledge, do nothing and succeed, watchers of the board. */
export async function productSide({ port, cookie, agents, watchers, times }: SideOptions): Promise<Side> {
  const agentOf = new Map<string, number>();
  for (const [index, { key }] of agents.entries()) {
    const auth = { key, protocol: 1, sessionId: `click-${index}`, hostname: "bench" };
    let command = "";
    const link: SocketIoLink = await open({
      port,
      namespace: "/agents",
      auth,
      onText: (payload) => {
        if (payload[1] === 0x33) {
          // Our update was taken: acknowledged is followed by the end, the end by nothing.
          if (payload.toString("latin1", 10, 11) === "1") {
            link.emit("command.update", { id: command, state: "succeeded" }, 2);
          }
          return;
        }
        const [event, message] = afterHead(payload);
        if (event !== "command") return;
        times()?.reachedAgent(index);
        command = message.id;
        agentOf.set(message.id, index);
        link.answer(payload.toString("latin1", 10, payload.indexOf("[")), { ok: true });
        link.emit("command.update", { id: message.id, state: "acknowledged" }, 1);
      },
    });
    link.emit("beat", { at: Date.now(), state: "idle" }, 9);
  }
  // By frame: one watcher may be handed the next frame before another one had this.
  const doneIn = new Map<number, number[]>();
  for (let watcher = 0; watcher < watchers; watcher++) {
    const link = await open({
      port,
      cookie,
      namespace: "/console",
      auth: {},
      onText: (payload) => {
        if (!payload.includes('["frame"')) return;
        const seq = Number.parseInt(payload.toString("latin1", 25, 40), 10);
        const done = doneIn.get(seq) ?? endedBy(payload, agentOf);
        doneIn.set(seq, done);
        doneIn.delete(seq - keptFrames);
        for (const agent of done) times()?.seenDone(agent);
      },
    });
    link.emit("join", { protocol: 1 }, 0);
  }
  const keepAlive = new Agent({ keepAlive: true, maxSockets: 32 });
  return {
    click: (agent) => {
      const body = JSON.stringify({ kind: "health-check", reason: "Measured by the benchmark." });
      const asked = request(
        {
          host: "127.0.0.1",
          port,
          method: "POST",
          path: `/v1/agents/${agents[agent]?.id}/commands`,
          agent: keepAlive,
          headers: { cookie, "content-type": "application/json", "content-length": Buffer.byteLength(body) },
        },
        (answer) => {
          times()?.wasAccepted(agent, answer.statusCode === 201);
          answer.resume();
        },
      );
      asked.on("error", () => times()?.wasAccepted(agent, false));
      asked.end(body);
    },
  };
}

/** The agents whose command a frame says to have succeeded. */
function endedBy(frame: Buffer, agentOf: ReadonlyMap<string, number>): number[] {
  const [, { c = [] }] = afterHead(frame);
  return c
    .filter(
      (change: { kind: string; patch: { state?: string } }) =>
        change.kind === "command" && change.patch.state === "succeeded",
    )
    .map((change: { id: string }) => agentOf.get(change.id) ?? -1);
}

/** The floor, `floors/commands.mjs`: the least that a command can be. */
export async function floorSide({ port, agents, watchers, times }: SideOptions): Promise<Side> {
  for (const index of agents.keys()) {
    const link: SocketIoLink = await open({
      port,
      namespace: "/",
      auth: { agent: index },
      onText: (payload) => {
        times()?.reachedAgent(index);
        link.answer(payload.toString("latin1", 2, payload.indexOf("[")), { ok: true });
      },
    });
  }
  for (let watcher = 0; watcher < watchers; watcher++) {
    await open({
      port,
      namespace: "/",
      auth: { watcher },
      onText: (payload) => {
        const [, { agent, state }] = afterHead(payload);
        if (state === "done") times()?.seenDone(agent);
      },
    });
  }
  const admin = await open({
    port,
    namespace: "/",
    auth: {},
    onText: (payload) => times()?.wasAccepted(Number.parseInt(payload.toString("latin1", 2), 10), true),
  });
  return { click: (agent) => admin.emit("command", { agent }, agent) };
}
