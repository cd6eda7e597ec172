import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export type Relay = {
  /** The first address given, by way of the relay. */
  url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  heal(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * A relay on loopback, so that a test can take a server away and bring it back. Of several `targets` each connection goes
 * to the first that takes it, as by what stands in front of several instances.
 */
export async function startRelay(targets: string | readonly string[], port: number): Promise<Relay> {
  const places = [targets].flat().map((target) => new URL(target));
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer(async (inner) => {
    keep(inner);
    const outer = await firstThatTakes(places);
    if (!outer || inner.destroyed) {
      inner.destroy();
      outer?.destroy();
      return;
    }
    keep(outer);
    inner.on("close", () => outer.destroy());
    outer.on("close", () => inner.destroy());
    inner.pipe(outer).pipe(inner);
  });
  const heal = () => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await heal();
  const url = new URL(places[0]?.href ?? "");
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return { url: url.href, cut, heal, stop: () => (server.listening ? cut() : Promise.resolve()) };
}

async function firstThatTakes(places: readonly URL[]): Promise<Socket | null> {
  for (const { hostname, port } of places) {
    const socket = connect(Number(port), hostname);
    try {
      await once(socket, "connect");
      return socket;
    } catch {
      socket.destroy();
    }
  }
  return null;
}
