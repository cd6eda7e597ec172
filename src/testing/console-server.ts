import { createServer } from "node:http";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { type Role, roles } from "@/contracts/people/role";
import { applyFrame, type Board, decodeSnapshot } from "@/contracts/wire/board-fold";
import type { ConsoleToServer, Health, ServerToConsole } from "@/contracts/wire/browser";
import { createAgent } from "@/domain/fleet/agents";
import { BoardFeed } from "@/domain/fleet/board/feed";
import { forbidden, mainAccount, unauthenticated } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { type Caller, isSameOrigin, nobody } from "@/domain/people/sessions";
import { mountBrowserGateway } from "@/gateway/browsers";
import { startStamper } from "@/workers/kernel/stamp";
import { personCtx, testGround } from "./ground";

export type ConsoleClient = Socket<ServerToConsole, ConsoleToServer>;

/** Credentials of these servers: the cookie `user=<name>:<role>`, or a token that is a role, `stale` or `banned`. */
async function authenticate(headers: { cookie?: string }, bearer?: string): Promise<Caller> {
  if (bearer === "stale") throw unauthenticated();
  if (bearer === "banned") throw forbidden("no");
  const roleOf = (text: string | undefined): Role => roles.find((role) => role === text) ?? "viewer";
  const base = { account: mainAccount, setCookie: null };
  if (bearer) {
    const actor = { kind: "token" as const, id: `tok_${bearer}`, name: "token" };
    return { ...base, actor, role: roleOf(bearer), via: "token", sessionId: null };
  }
  const [, name, role] = /user=(\w+):(\w+)/.exec(headers.cookie ?? "") ?? [];
  if (!name) return nobody;
  const actor = { kind: "user" as const, id: `usr_${name}`, name };
  return { ...base, actor, role: roleOf(role), via: "cookie", sessionId: `ses_${name}` };
}

/** The browsers' gateway over real sockets, with a real feed, stamper and database, and one agent on the board. */
export async function startConsoleServer() {
  const ground = await testGround();
  const agentId = (await createAgent(personCtx(ground), { name: "indexer" })).id;
  // Else the fact of it may come late, and say once more that it has not beaten yet.
  await stampFacts(ground);
  const stamper = startStamper(ground);
  const feed = await BoardFeed.start(ground);
  const http = createServer();
  const server = new Server(http, { transports: ["websocket"], serveClient: false });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  if (!address || typeof address === "string") throw new Error("the test server has no port");
  const url = `http://127.0.0.1:${address.port}`;
  const told = new Set<(health: Health) => void>();
  const gateway = mountBrowserGateway({
    io: server,
    ground,
    feed,
    authenticate,
    sameOrigin: (headers) => isSameOrigin(headers, url),
    health: {
      state: () => ({ db: true, bus: true, since: 0, note: null }),
      onChange: (listener) => {
        told.add(listener);
        return () => told.delete(listener);
      },
    },
  });
  const clients: ConsoleClient[] = [];
  let beats = 0;
  return {
    ground,
    feed,
    server,
    port: address.port,
    agentId,
    tellHealth: (health: Health) => {
      for (const tell of told) tell(health);
    },
    /** A watcher `<name>:<role>`. */
    open(who: string, headers: Record<string, string> = {}, auth = {}): ConsoleClient {
      const client: ConsoleClient = io(`${url}/console`, {
        transports: ["websocket"],
        forceNew: true,
        reconnection: false,
        auth,
        extraHeaders: { cookie: `user=${who}`, ...headers },
      });
      clients.push(client);
      return client;
    },
    /** The agent beats; each beat has a task line of its own, unless told. */
    beat(task?: string) {
      beats += 1;
      const said = { activity: "working" as const, task: task ?? `task ${beats}`, progressAt: null };
      const measured = { transitMs: 1, cpuPercent: 1, memoryBytes: 1_024 };
      const receivedAt = ground.clock.now().getTime();
      ground.bus.publish("beats", [{ account: mainAccount, agentId, receivedAt, ...said, ...measured }]);
    },
    async stop() {
      for (const client of clients) client.disconnect();
      await gateway.stop();
      await server.close();
      feed.stop();
      await stamper.stop();
      await ground.db.close();
    },
  };
}

export const joinConsole = (
  client: ConsoleClient,
  epoch: string | null = null,
  lastSeq: number | null = null,
) => client.timeout(5_000).emitWithAck("join", { protocol: 1, epoch, lastSeq });

/** Folds what a client hears, as a page does; `lost` once a frame did not follow. */
export function boardOf(client: ConsoleClient): { now: Board | null; lost: boolean } {
  const held: { now: Board | null; lost: boolean } = { now: null, lost: false };
  client.on("snapshot", (snapshot) => {
    held.now = decodeSnapshot(snapshot);
  });
  client.on("frame", (frame) => {
    if (held.now && !applyFrame(held.now, frame)) held.lost = true;
  });
  return held;
}
