import { consoleNamespace } from "@/contracts/wire/console-words";
import { insidesOf } from "../wire/insides";
import { textFrame, writeFrame } from "../wire/text-frames";
import type { ConsoleNamespace, Watcher } from "./watcher";

/** How Engine.IO begins a packet of somebody's. */
const engineMessage = "4";

/**
 * One event to all of a room: put into words once, and into one frame that all of them share, which is written to each
 * connection past the engine's bookkeeping: that costs more than the writing. In its turn: where packets still wait in the
 * engine, the event waits behind them. `message` is what JSON can say.
 */
export function writeToRoom(namespace: ConsoleNamespace, room: string, event: string, message: object): void {
  const packet = `2${consoleNamespace},${JSON.stringify([event, message])}`;
  const frame = textFrame(engineMessage + packet);
  for (const id of namespace.adapter.rooms.get(room) ?? []) {
    const watcher = namespace.sockets.get(id);
    if (watcher && !writeStraight(watcher, frame)) watcher.conn.write(packet);
  }
}

function writeStraight({ conn }: Watcher, frame: Buffer): boolean {
  const waiting: unknown = Reflect.get(conn, "writeBuffer");
  if (!Array.isArray(waiting) || waiting.length > 0) return false;
  const insides = insidesOf(conn);
  return insides !== null && writeFrame(insides, frame);
}
