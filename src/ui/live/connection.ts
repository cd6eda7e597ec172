import { io, type Socket } from "socket.io-client";
import type { ConsoleToServer, Frame, ServerToConsole, Snapshot } from "@/contracts/wire/browser";
import { browserProtocol, consoleNamespace } from "@/contracts/wire/console-words";
import { setClockOffset } from "../format/ticker";
import { ClockOffset } from "./clock-offset";
import { DelayMeter } from "./delay-meter";
import { fetchBoard, SignedOut } from "./fetch-board";
import { FrameGate } from "./frame-gate";
import { judgeFreshness } from "./freshness-rule";
import { frameDelays } from "./measure-frame";
import { OwnPlace } from "./own-place";
import type { Painter } from "./painter";
import type { BoardStart } from "./picture";
import type { LiveStore } from "./store";

export type ConsoleSocket = Socket<ServerToConsole, ConsoleToServer>;

const clockEveryMs = 5_000;
const judgeEveryMs = 1_000;
/** After this long without the snapshot that `resync` promised, it is fetched. */
const snapshotWaitMs = 3_000;

export interface ConnectionOptions {
  store: LiveStore;
  painter: Painter;
  decode: (snapshot: Snapshot) => BoardStart;
  /** The session ended: where the page goes then. */
  leave: (reason: string) => void;
}

/** One browser's line to the server: the snapshot, the frames behind it, the clock, and what is said back. */
export class LiveConnection {
  readonly socket: ConsoleSocket;
  /** Where this browser is: told to everyone else, and again after a reconnect. */
  readonly place = new OwnPlace(window.location.pathname, () => this.tellPlace());
  private readonly gate = new FrameGate();
  private readonly clock = new ClockOffset();
  private readonly delays = new DelayMeter();
  /** Frames of the paint that just was. */
  private readonly justShown: Frame[] = [];
  /** Counts how often the tab was shown: what came before was to be painted at another time. */
  private sight = 0;
  private epoch: string | null = null;
  private joined = false;
  private lostAtMs: number | null = Date.now();
  private heardAtMs: number | null = null;
  private dataFromMs: number | null = null;
  private timers: ReturnType<typeof setInterval>[] = [];
  private snapshotTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ConnectionOptions) {
    this.socket = io(consoleNamespace, {
      transports: ["websocket"],
      autoConnect: false,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3_000,
    });
    this.listen();
  }

  start(): void {
    void this.fetchSnapshot();
    this.socket.connect();
    this.timers = [
      setInterval(() => this.askClock(), clockEveryMs),
      setInterval(() => this.judge(), judgeEveryMs),
    ];
    document.addEventListener("visibilitychange", this.onVisibility);
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
    clearTimeout(this.snapshotTimer);
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.socket.disconnect();
  }

  /** The server's now in ms, as well as it is known here. */
  serverNow(): number {
    return Date.now() + this.clock.ms;
  }

  private tellPlace(): void {
    if (this.socket.connected) this.socket.emit("here", { at: this.place.now });
  }

  private listen(): void {
    const { store, leave } = this.options;
    this.socket.on("connect", () => {
      this.clock.forget();
      this.askClock(3);
      this.join();
      this.tellPlace();
    });
    this.socket.on("disconnect", (reason) => {
      this.joined = false;
      this.lostAtMs = Date.now();
      this.judge();
      // The server ended it on purpose: Socket.IO does not come back from that by itself.
      if (reason === "io server disconnect") setTimeout(() => this.socket.connect(), 1_000);
    });
    this.socket.on("connect_error", (error) => {
      const code = (error as Error & { data?: { code?: string } }).data?.code;
      if (code === "unauthenticated") leave("expired");
      // A refused handshake is not tried again by itself, a lost one is.
      else if (!this.socket.active) setTimeout(() => this.socket.connect(), 3_000);
      this.judge();
    });
    this.socket.on("frame", (frame) => this.receive(frame));
    this.socket.on("snapshot", (snapshot) => this.load(snapshot));
    this.socket.on("resync", () => this.startOver());
    this.socket.on("intents", (intents) => store.setIntents(intents));
    this.socket.on("people", (people) => store.setPeople(people));
    this.socket.on("health", (health) => store.setHealth(health));
    this.socket.on("goodbye", ({ reason }) => leave(reason));
  }

  private async fetchSnapshot(): Promise<void> {
    try {
      const snapshot = await fetchBoard();
      // The socket may have brought a newer one meanwhile.
      if (this.epoch === snapshot.epoch && (this.gate.seq ?? -1) >= snapshot.seq) return;
      this.load(snapshot);
      if (this.socket.connected) this.join();
    } catch (error) {
      if (error instanceof SignedOut) this.options.leave("expired");
      else this.expectSnapshot();
    }
  }

  private join(): void {
    const message = { protocol: browserProtocol, epoch: this.epoch, lastSeq: this.gate.seq };
    // The first snapshot is on its way by HTTP; joining without it would send it a second time.
    if (this.epoch === null && this.snapshotTimer === undefined) return;
    this.socket.timeout(5_000).emit("join", message, (error, answer) => {
      if (error) {
        if (this.socket.connected) setTimeout(() => this.socket.connected && this.join(), 1_000);
        return;
      }
      this.heard();
      if (!answer.ok) {
        if (answer.error.code === "unauthenticated") this.options.leave("expired");
        return;
      }
      this.gate.reconnected();
      if (answer.mode === "resync") this.expectSnapshot();
      else this.current();
    });
  }

  private load(snapshot: Snapshot): void {
    clearTimeout(this.snapshotTimer);
    this.epoch = snapshot.epoch;
    this.options.store.load(this.options.decode(snapshot), snapshot.t);
    this.dataFromMs = snapshot.t;
    this.let(this.gate.open(snapshot.seq));
    if (this.socket.connected) this.current();
  }

  private receive(frame: Frame): void {
    this.heard();
    this.let(this.gate.take(frame));
  }

  private let(passage: ReturnType<FrameGate["take"]>): void {
    if ("gap" in passage) {
      this.join();
      return;
    }
    const frames = passage.pass;
    if (frames.length === 0) return;
    this.options.store.apply(frames);
    this.dataFromMs = frames.at(-1)?.t ?? this.dataFromMs;
    if (document.visibilityState === "hidden" || !this.clock.known) return;
    const { sight } = this;
    this.options.painter.painted(() => {
      if (sight === this.sight) this.shown(frames);
    });
  }

  /** All that one paint showed is one sample: the frames of a rest waited for it unevenly. */
  private shown(frames: readonly Frame[]): void {
    if (this.justShown.length === 0) queueMicrotask(() => this.measure());
    this.justShown.push(...frames);
  }

  private measure(): void {
    const now = this.serverNow();
    const frames = this.justShown.splice(0);
    this.delays.add(
      Date.now(),
      frames.flatMap((frame) => frameDelays(frame, now)),
    );
  }

  private startOver(): void {
    this.gate.close();
    this.epoch = null;
    this.expectSnapshot();
    this.join();
  }

  private expectSnapshot(): void {
    clearTimeout(this.snapshotTimer);
    this.snapshotTimer = setTimeout(() => void this.fetchSnapshot(), snapshotWaitMs);
  }

  private current(): void {
    this.joined = true;
    this.lostAtMs = null;
    this.heard();
    this.judge();
  }

  private heard(): void {
    this.heardAtMs = Date.now();
  }

  private askClock(times = 1): void {
    if (!this.socket.connected) return;
    const askedAtMs = Date.now();
    this.socket.timeout(4_000).emit("clock", (error, serverMs) => {
      if (error) return;
      this.clock.add(askedAtMs, serverMs, Date.now());
      setClockOffset(this.clock.ms);
      this.heard();
      if (times > 1) this.askClock(times - 1);
    });
  }

  private judge(): void {
    const nowMs = Date.now();
    this.options.store.setFreshness(
      judgeFreshness({
        nowMs,
        joined: this.joined,
        lostAtMs: this.lostAtMs,
        heardAtMs: this.heardAtMs,
        delay: this.delays.read(nowMs),
        dataFromMs: this.dataFromMs,
      }),
    );
  }

  /** A tab that was hidden painted nothing: what it measured before is about another time. */
  private readonly onVisibility = () => {
    if (document.visibilityState === "hidden") return;
    this.delays.forget();
    this.sight += 1;
    this.clock.forget();
    this.heard();
    this.askClock(3);
  };
}
