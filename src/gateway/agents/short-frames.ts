import type { Insides } from "./insides";

/** `WebSocket.OPEN`. */
const open = 1;
/** FIN, and the opcode of a text. */
const wholeText = 0x81;
/** What fits behind a head of two bytes. */
const mostBytes = 125;

/** Who leaves so much unread has not read for long: ten thousand answers, beyond what the system holds. */
export const mostUnreadBytes = 1024 * 1024;

/**
 * Writes a short text to a WebSocket as the one frame that it is, past the bookkeeping of Engine.IO and ws. Between two
 * frames of theirs it is never out of place: they write each as a whole, and no message in several. It overtakes what
 * still waits in the engine, so it is for what belongs to nothing before it. False when it has to go the long way: it
 * is too long, or the connection is about to end. A connection whose other side does not read is cut off.
 */
export function writeShortText({ ws, wire }: Pick<Insides, "ws" | "wire">, text: string): boolean {
  const bytes = Buffer.byteLength(text);
  if (bytes > mostBytes || ws.readyState !== open) return false;
  const frame = Buffer.allocUnsafe(2 + bytes);
  frame[0] = wholeText;
  frame[1] = bytes;
  frame.write(text, 2);
  wire.write(frame);
  if (wire.writableLength > mostUnreadBytes) wire.destroy();
  return true;
}
