import type { Insides } from "./insides";

/** `WebSocket.OPEN`. */
const open = 1;
/** FIN, and the opcode of a text. */
const wholeText = 0x81;
/** Longest payload whose length stands in the second byte; what stands there for a length of two and of eight bytes. */
const [mostShort, inTwo, inEight] = [125, 126, 127];
const mostInTwo = 0xffff;

/** A text as the one frame of a server that it is on the wire, RFC 6455 section 5.2: not compressed, not masked. */
export function textFrame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  const head = bytes <= mostShort ? 2 : bytes <= mostInTwo ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + bytes);
  frame[0] = wholeText;
  if (head === 2) frame[1] = bytes;
  else if (head === 4) {
    frame[1] = inTwo;
    frame.writeUInt16BE(bytes, 2);
  } else {
    frame[1] = inEight;
    frame.writeBigUInt64BE(BigInt(bytes), 2);
  }
  frame.write(text, head);
  return frame;
}

/**
 * Writes a whole frame to a WebSocket, past the bookkeeping of Engine.IO and ws. Between two frames of theirs it is never
 * out of place: they write each as a whole, and no message in several. False when the connection is about to end.
 */
export function writeFrame({ ws, wire }: Pick<Insides, "ws" | "wire">, frame: Buffer): boolean {
  if (ws.readyState !== open) return false;
  wire.write(frame);
  return true;
}
