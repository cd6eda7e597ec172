import { BlockList } from "node:net";
import type { Duplex } from "node:stream";
import { Server as SocketServer } from "socket.io";
import { maxAgentMessageBytes } from "@/contracts/wire/agent";
import { connect } from "@/db/client";
import { isSameOrigin } from "@/domain/people/sessions";
import { mountAgentGateway } from "@/gateway/agents";
import { mountBrowserGateway } from "@/gateway/browsers";
import { watchHealth } from "@/platform/health";
import { answerProbe } from "@/platform/web/probes";
import { type ApiServer, type ApiServerOptions, startApiServer } from "./api-server";
import { freePort } from "./redis";
import { startRelay } from "./relay";

export type WholeServer = ApiServer & {
  /** Takes the database away from the probes: the server then says that it is not ready. */
  loseDatabase(): Promise<void>;
  /** Breaks every socket, as a network would; clients may come back. */
  breakSockets(): void;
};

/** All that a server answers but its pages: API, probes, and the sockets of agents and watchers. Needs no build. */
export async function startWholeServer(
  options: Omit<ApiServerOptions, "answerFirst"> = {},
): Promise<WholeServer> {
  let health: ReturnType<typeof watchHealth> | undefined;
  const unknown = { db: false, bus: false, workers: false, since: 0, note: "It starts." };
  const api = await startApiServer({
    ...options,
    answerFirst: (request, response) =>
      answerProbe(request, response, {
        health: () => health?.state() ?? unknown,
        metricsToken: undefined,
        trustedProxies: new BlockList(),
      }),
  });
  const { ground, runtime, http, authenticate, url } = api;
  const relay = await startRelay(ground.db.url, await freePort());
  const probed = connect(relay.url, { max: 1 });
  const watched = watchHealth({ sql: probed.sql, bus: ground.bus, clock: ground.clock, duties: new Map() });
  health = watched;
  await watched.probe();

  const io = new SocketServer(http, {
    transports: ["websocket"],
    serveClient: false,
    maxHttpBufferSize: maxAgentMessageBytes,
  });
  const cables = new Set<Duplex>();
  http.on("upgrade", (_request, socket) => {
    cables.add(socket);
    socket.once("close", () => cables.delete(socket));
  });
  const { door, commands, feed } = runtime;
  const agents = mountAgentGateway({ io, ground, door, commands });
  const sameOrigin = (headers: Parameters<typeof isSameOrigin>[0]) => isSameOrigin(headers, url);
  const browsers = mountBrowserGateway({ io, ground, feed, authenticate, sameOrigin, health: watched });

  return {
    ...api,
    async loseDatabase() {
      await relay.cut();
      await watched.probe();
    },
    breakSockets() {
      for (const cable of cables) cable.destroy();
    },
    async stop() {
      await agents.stop();
      await browsers.stop();
      io.engine.close();
      watched.stop();
      // At once: a probe may still wait for the database that was taken away.
      await probed.sql.end({ timeout: 0 });
      await relay.stop();
      await api.stop();
    },
  };
}
