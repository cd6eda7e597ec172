import { Socket } from "node:net";

/** Parts of a WebSocket connection that Engine.IO and ws keep to themselves. */
export type Insides = {
  ws: { readyState: number; on(event: "message", listener: () => void): void };
  receiver: { _fragments: unknown[] };
  wire: Socket;
};

/**
 * Not promised by the libraries, so it is looked at before it is used: null where they have come to do it otherwise, and
 * for long polling. `conn`: a connection of Engine.IO.
 */
export function insidesOf(conn: { transport: object }): Insides | null {
  const ws = inside(conn.transport, "socket");
  const receiver = inside(ws, "_receiver");
  const wire = inside(ws, "_socket");
  const known = Array.isArray(inside(receiver, "_fragments")) && wire instanceof Socket;
  return known ? ({ ws, receiver, wire } as unknown as Insides) : null;
}

function inside(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}
