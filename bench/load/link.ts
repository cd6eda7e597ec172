import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

export type LinkOptions = {
  port: number;
  /** Path and query of the upgrade request. */
  path: string;
  cookie?: string | undefined;
  onText(payload: Buffer): void;
  /** The server took the TCP connection. */
  onTaken?: (() => void) | undefined;
  onOpen(): void;
  /** The connection is gone, or never came. */
  onClose(): void;
};

/** A server that does not take the connection within this time is asked anew. */
const takenWithinMs = 2_000;
const none: Buffer = Buffer.alloc(0);
const upgraded = Buffer.from("HTTP/1.1 101");

/**
 * The client's side of one WebSocket, by hand: 10,000 of them cost one process some 100 MB and a tenth of a core,
 * where a client library costs several. Frames to the server are masked with zeros, which masks nothing.
 */
export class Link {
  private readonly socket: Socket;
  private rest: Buffer = none;
  private open = false;
  private closed = false;

  constructor(private readonly options: LinkOptions) {
    this.socket = connect({ port: options.port, host: "127.0.0.1", noDelay: true });
    // Under a storm the kernel drops handshakes and waits ever longer, up to 15 s, before it repeats them.
    const tooLong = setTimeout(() => this.socket.destroy(), takenWithinMs);
    this.socket.once("connect", () => {
      clearTimeout(tooLong);
      options.onTaken?.();
      this.ask();
    });
    this.socket.on("data", (chunk: Buffer) => this.take(chunk));
    this.socket.on("error", () => this.end());
    this.socket.on("close", () => this.end());
  }

  send(text: string): void {
    if (!this.open || this.closed) return;
    const length = Buffer.byteLength(text);
    const head = length < 126 ? 6 : 8;
    const frame = Buffer.alloc(head + length);
    frame[0] = 0x81;
    if (length < 126) frame[1] = 0x80 | length;
    else {
      frame[1] = 0x80 | 126;
      frame.writeUInt16BE(length, 2);
    }
    frame.write(text, head);
    this.socket.write(frame);
  }

  close(): void {
    this.closed = true;
    this.socket.destroy();
  }

  private ask(): void {
    const { path, port, cookie } = this.options;
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n` +
        `${cookie ? `Cookie: ${cookie}\r\n` : ""}\r\n`,
    );
  }

  private end(): void {
    if (this.closed) return;
    this.closed = true;
    this.socket.destroy();
    this.options.onClose();
  }

  private take(chunk: Buffer): void {
    let data: Buffer = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    this.rest = none;
    if (!this.open) {
      const end = data.indexOf("\r\n\r\n");
      if (end < 0) {
        this.rest = data;
        return;
      }
      if (!data.subarray(0, 12).equals(upgraded)) {
        this.end();
        return;
      }
      this.open = true;
      this.options.onOpen();
      data = data.subarray(end + 4);
    }
    let at = 0;
    while (at < data.length) {
      const next = this.frame(data, at);
      if (next < 0) break;
      at = next;
    }
    // A copy, so that a few bytes of the next frame do not keep a whole chunk alive.
    if (at < data.length && !this.closed) this.rest = Buffer.from(data.subarray(at));
  }

  /** Handles the frame that begins at `at`; answers where the next one begins, -1 when this one is not whole. */
  private frame(data: Buffer, at: number): number {
    if (data.length - at < 2) return -1;
    let length = (data[at + 1] ?? 0) & 127;
    let head = 2;
    if (length === 126) {
      if (data.length - at < 4) return -1;
      length = data.readUInt16BE(at + 2);
      head = 4;
    } else if (length === 127) {
      if (data.length - at < 10) return -1;
      length = Number(data.readBigUInt64BE(at + 2));
      head = 10;
    }
    const end = at + head + length;
    if (end > data.length) return -1;
    const kind = (data[at] ?? 0) & 15;
    if (kind === 1) this.options.onText(data.subarray(at + head, end));
    else if (kind === 8) this.end();
    return end;
  }
}
