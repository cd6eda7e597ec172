import { Socket } from "node:net";
import type { AgentSocket } from "./connections";

/** Parts of a WebSocket connection that Engine.IO and ws keep to themselves. */
export type Insides = {
  conn: { writeBuffer: unknown[] };
  ws: {
    readyState: number;
    on(event: "message", listener: () => void): void;
    off(event: "message", listener: () => void): void;
  };
  receiver: { _fragments: unknown[] };
  wire: Socket;
};

/**
 * Not promised by the libraries, so it is looked at before it is used: null where they have come to do it otherwise, and
 * for long polling.
 */
export function insidesOf({ conn }: AgentSocket): Insides | null {
  const ws = inside(conn.transport, "socket");
  const receiver = inside(ws, "_receiver");
  const wire = inside(ws, "_socket");
  const known = Array.isArray(inside(conn, "writeBuffer")) && Array.isArray(inside(receiver, "_fragments"));
  return known && wire instanceof Socket ? ({ conn, ws, receiver, wire } as unknown as Insides) : null;
}

function inside(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}
