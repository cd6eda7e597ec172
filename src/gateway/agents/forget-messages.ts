import type { AgentSocket } from "./connections";

/** Where Engine.IO and ws keep a connection's messages. Not promised by them, so it is looked at before it is used. */
type Remains = {
  conn: { writeBuffer: unknown[] };
  ws: { on(event: "message", listener: () => void): void };
  receiver: { _fragments: unknown[] };
};

/**
 * Lets go of each message when it is done. The libraries put a message into a list that they made after the one before,
 * and agents are silent for a second and more: by then the list is old to the garbage collector. What is put into an
 * old list lives until the whole heap is looked at, although the list itself was thrown away: two thirds of what made
 * those long looks frequent were answers and beats that nobody needed any more. So an answer gets a list of its own
 * moment, and a beat's list is emptied after it.
 */
export function forgetMessages(socket: AgentSocket): void {
  const remains = remainsOf(socket);
  if (!remains) return;
  const { conn, ws, receiver } = remains;
  socket.conn.on("packetCreate", () => {
    if (conn.writeBuffer.length === 0) conn.writeBuffer = [];
  });
  let carrying = receiver._fragments;
  // Told by the receiver itself, when a message is put together and the next frame is not begun: not a turn later.
  ws.on("message", () => {
    carrying.length = 0;
    carrying = receiver._fragments;
  });
}

/** Null for long polling, and where the libraries have come to do it otherwise. */
export function remainsOf({ conn }: AgentSocket): Remains | null {
  const ws = inside(conn.transport, "socket");
  const receiver = inside(ws, "_receiver");
  const known = Array.isArray(inside(conn, "writeBuffer")) && Array.isArray(inside(receiver, "_fragments"));
  return known ? ({ conn, ws, receiver } as unknown as Remains) : null;
}

function inside(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}
