import { connect, createServer, type Socket } from "node:net";

export type Direction = "toServer" | "toAgent";

export type HeldLine = {
  /** The server's address by this way. */
  url: string;
  /** What is sent in this direction waits until `release`; of a connection that died meanwhile it is lost. */
  hold(direction: Direction): void;
  release(direction: Direction): void;
  close(): Promise<void>;
};

/** A TCP way to the server that holds messages back, so that a kill meets exactly the moment that a test means. */
export async function heldLine(serverUrl: string): Promise<HeldLine> {
  const target = new URL(serverUrl);
  const held = { toServer: false, toAgent: false };
  const open = new Set<Socket>();
  let waiting: { direction: Direction; to: Socket; bytes: Buffer }[] = [];

  const carry = (from: Socket, to: Socket, direction: Direction) => {
    open.add(from);
    from.on("data", (bytes: Buffer) => {
      if (held[direction]) waiting.push({ direction, to, bytes });
      else to.write(bytes);
    });
    from.on("error", () => to.destroy());
    from.on("close", () => {
      open.delete(from);
      to.destroy();
    });
  };
  const relay = createServer((agent) => {
    const server = connect(Number(target.port), target.hostname);
    carry(agent, server, "toServer");
    carry(server, agent, "toAgent");
  });
  await new Promise<void>((listening) => relay.listen(0, "127.0.0.1", listening));
  const address = relay.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    hold: (direction) => {
      held[direction] = true;
    },
    release: (direction) => {
      held[direction] = false;
      const due = waiting.filter((one) => one.direction === direction);
      waiting = waiting.filter((one) => one.direction !== direction);
      for (const { to, bytes } of due) if (!to.destroyed) to.write(bytes);
    },
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy();
        relay.close(() => closed());
      }),
  };
}
