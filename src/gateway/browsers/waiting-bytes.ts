import type { Watcher } from "./watcher";

/** A watcher that has more than this waiting is too slow: its frames are dropped until it has read the rest. */
export const mostWaitingBytes = 1024 * 1024;
/** It may come back when so little waits. */
export const drainedBytes = 64 * 1024;
/** What a waiting packet costs beside its text. */
const packetBytes = 200;

function lengthOf(data: unknown): number {
  if (typeof data === "string") return data.length;
  return Buffer.isBuffer(data) ? data.byteLength : 0;
}

/** Bytes that were sent to the watcher and did not leave this process: in the engine's buffer and in the socket's. */
export function waitingBytes({ conn }: Pick<Watcher, "conn">): number {
  let bytes = 0;
  // Not part of the engine's types, yet the only place that tells what it holds back.
  const held: unknown = Reflect.get(conn, "writeBuffer");
  if (Array.isArray(held)) for (const packet of held) bytes += packetBytes + lengthOf(packet.data);
  const transport: object = conn.transport;
  const socket = "socket" in transport ? transport.socket : null;
  if (socket && typeof socket === "object" && "bufferedAmount" in socket) {
    if (typeof socket.bufferedAmount === "number") bytes += socket.bufferedAmount;
  }
  return bytes;
}
