import type { Insides } from "./insides";

/** `WebSocket.OPEN`. */
const open = 1;
/** FIN, and the opcode of a text. */
const wholeText = 0x81;
/** Longest payload whose length stands in the second byte of a frame, and in the two bytes after one that says so. */
const [mostInOne, mostInTwo] = [125, 65_535];
const lengthFollows = 126;

/** Who leaves so much unread has not read for long: thousands of answers, beyond what the system holds. */
export const mostUnreadBytes = 1024 * 1024;

/**
 * Writes a text to a WebSocket as the one frame that it is, past the bookkeeping of Engine.IO and ws. Between two
 * frames of theirs it is never out of place: they write each as a whole, and no message in several. It overtakes what
 * still waits in the engine, so it is for what belongs to nothing before it. False when it has to go the long way: it
 * is too long, or the connection is about to end. A connection whose other side does not read is cut off.
 */
export function writeText({ ws, wire }: Pick<Insides, "ws" | "wire">, text: string): boolean {
  const bytes = Buffer.byteLength(text);
  if (bytes > mostInTwo || ws.readyState !== open) return false;
  const head = bytes > mostInOne ? 4 : 2;
  const frame = Buffer.allocUnsafe(head + bytes);
  frame[0] = wholeText;
  frame[1] = bytes > mostInOne ? lengthFollows : bytes;
  if (bytes > mostInOne) frame.writeUInt16BE(bytes, 2);
  frame.write(text, head);
  wire.write(frame);
  if (wire.writableLength > mostUnreadBytes) wire.destroy();
  return true;
}
