import type { AgentSocket } from "./connections";

/**
 * Lets go of the request that opened a WebSocket, some 1 kB a connection, and of the key, which no memory dump
 * should hold. Long polling still needs its requests, so those connections keep theirs.
 */
export function lighten(socket: AgentSocket): void {
  socket.handshake.auth = {};
  if (socket.conn.transport.name !== "websocket") return;
  Reflect.set(socket.conn, "request", null);
}
