import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export type Balancer = { url: string; close(): Promise<void> };

/** As what stands in front of several instances: each connection goes to the first of `urls` that takes it. */
export async function startBalancer(urls: string[]): Promise<Balancer> {
  const open = new Set<Socket>();
  const server = createServer(async (near) => {
    keep(near);
    const far = await firstOf(urls);
    if (!far) return near.destroy();
    keep(far);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
    if (near.destroyed) far.destroy();
    near.pipe(far).pipe(near);
  });

  function keep(socket: Socket): void {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy();
        server.close(() => closed());
      }),
  };
}

async function firstOf(urls: string[]): Promise<Socket | null> {
  for (const url of urls) {
    const { hostname, port } = new URL(url);
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
