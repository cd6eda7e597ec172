import { connect, createServer, type Socket } from "node:net";

export type Relay = {
  /** The address given, by way of the relay. */
  url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  heal(): Promise<void>;
  stop(): Promise<void>;
};

/** A relay on loopback in front of a server, so that a test can take that server away and bring it back. */
export async function startRelay(target: string, port: number): Promise<Relay> {
  const to = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(Number(to.port), to.hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        inner.destroy();
        outer.destroy();
      });
    }
    inner.pipe(outer).pipe(inner);
  });
  const heal = () => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await heal();
  to.hostname = "127.0.0.1";
  const url = new URL(to.href);
  url.port = String(port);
  return { url: url.href, cut, heal, stop: () => (server.listening ? cut() : Promise.resolve()) };
}
