import WebSocket from "ws";

/** How a watcher reads: all at once, nothing at all, or a piece now and then. */
export type Reading = "all" | "nothing" | "slowly";

const slowlyMs = 500;
/** Unasked: a program that is alive but does not read is not ended by the server's pings. */
const aliveEveryMs = 3_000;

/**
 * A watcher of the board that speaks the protocol by hand, so that a test decides how it reads. It only looks at
 * the numbers of frames, which costs nearly nothing: many of them do not slow down the test itself.
 */
export class RawWatcher {
  /** Last frame that it has, -1 before its first snapshot. */
  seq = -1;
  snapshots = 0;
  resyncs = 0;
  bytes = 0;
  /** Frames that did not follow the one before, in words. */
  readonly gaps: string[] = [];
  closed: string | null = null;
  private reading: Reading = "all";
  /** After `resync` and until the next snapshot, nothing is expected to follow. */
  private adrift = true;
  private readonly alive: NodeJS.Timeout;
  private timer: NodeJS.Timeout | undefined;
  private readonly socket: WebSocket;

  constructor(url: string, cookie: string) {
    const address = `${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
    this.socket = new WebSocket(address, { headers: { cookie, origin: url }, perMessageDeflate: false });
    this.socket.on("message", (data: Buffer) => {
      this.bytes += data.length;
      this.hear(data.toString());
    });
    this.socket.on("close", (code) => {
      this.closed ??= `closed with ${code}`;
    });
    this.socket.on("error", (error) => {
      this.closed ??= error.message;
    });
    this.alive = setInterval(() => this.say("3"), aliveEveryMs);
  }

  read(how: Reading): void {
    this.reading = how;
    clearTimeout(this.timer);
    if (how === "nothing") this.socket.pause();
    else this.socket.resume();
  }

  stop(): void {
    clearInterval(this.alive);
    clearTimeout(this.timer);
    this.socket.terminate();
  }

  private say(text: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  private hear(text: string): void {
    if (text.startsWith("0")) this.say("40/console,");
    else if (text === "2") this.say("3");
    else if (text.startsWith("40/console,")) this.join();
    else if (text.startsWith("44/console,")) this.closed = text;
    else if (text.startsWith('42/console,["frame"')) this.frame(numberAfter(text, '"s":'));
    else if (text.startsWith('42/console,["snapshot"')) {
      this.snapshots += 1;
      this.adrift = false;
      this.seq = numberAfter(text, '"seq":');
    } else if (text.startsWith('42/console,["resync"')) {
      this.resyncs += 1;
      this.adrift = true;
      this.join();
    }
    if (this.reading !== "slowly") return;
    this.socket.pause();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.socket.resume(), slowlyMs);
  }

  private join(): void {
    this.say('42/console,1["join",{"protocol":1}]');
  }

  private frame(s: number): void {
    if (this.adrift) this.gaps.push(`frame ${s} without a board`);
    else if (s > this.seq + 1) this.gaps.push(`frame ${s} after ${this.seq}`);
    this.seq = Math.max(this.seq, s);
  }
}

function numberAfter(text: string, name: string): number {
  const from = text.indexOf(name) + name.length;
  return Number.parseInt(text.slice(from, from + 15), 10);
}
