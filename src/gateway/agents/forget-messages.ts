import type { AgentSocket } from "./connections";
import { insidesOf } from "./insides";

/**
 * Lets go of each message when it is done. The libraries put a message into a list that they made after the one before,
 * and agents are silent for a second and more: by then the list is old to the garbage collector. What is put into an
 * old list lives until the whole heap is looked at, although the list itself was thrown away. So what is sent gets a
 * list of its own moment, and a beat's list is emptied after it. (Answers to beats pass the engine's list by, see
 * `beat-lane`; pings and all else do not.)
 */
export function forgetMessages(socket: AgentSocket): void {
  const insides = insidesOf(socket);
  if (!insides) return;
  const { conn, ws, receiver } = insides;
  const renew = () => {
    if (conn.writeBuffer.length === 0) conn.writeBuffer = [];
  };
  let carrying = receiver._fragments;
  // Told by the receiver itself, when a message is put together and the next frame is not begun: not a turn later.
  const empty = () => {
    carrying.length = 0;
    carrying = receiver._fragments;
  };
  socket.conn.on("packetCreate", renew);
  ws.on("message", empty);
  socket.on("disconnect", () => {
    socket.conn.off("packetCreate", renew);
    ws.off("message", empty);
  });
}
