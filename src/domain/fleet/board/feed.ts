import { performance } from "node:perf_hooks";
import type { Fact } from "@/contracts/facts";
import type { BeatSignal, ProgressSignal } from "@/contracts/signals";
import type { BoardView } from "@/contracts/wire/board-view";
import type { Frame, Snapshot } from "@/contracts/wire/browser";
import { followFacts, type Ground } from "@/domain/kernel";
import type { Timer } from "@/platform/clock";
import { AccountBoard, mutedAtOnce } from "./account-board";
import { AdaptiveTick, idleTickMs, type TickKind } from "./adaptive-tick";
import { loadPictures } from "./load-picture";
import { emptyPicture, type MutedAlerts, type Picture } from "./picture";

/** Settings of a feed. `silentAfterMs`: what evidence says of agents that have not been judged yet. */
export type BoardFeedOptions = { silentAfterMs?: number };

const pruneEveryMs = 10_000;
const lookEveryMs = 500;
/** A timer that is later than this was not just rounded. */
const lateMs = 3;

/**
 * Live picture of every account's fleet, and the numbered frames that keep watchers current. It reads the database
 * once, at the start, and folds facts and beats from then on: its work grows with what happens, not with who looks.
 */
export class BoardFeed {
  /** Names this picture; frames of another epoch do not continue it. A restart makes a new one. */
  readonly epoch: string;
  #boards = new Map<string, AccountBoard>();
  #tick = new AdaptiveTick();
  #timer: Timer | null = null;
  #flushedAtMs = 0;
  #dueMs = 0;
  #load = performance.eventLoopUtilization();
  #ends: (() => void)[] = [];
  #factListeners = new Set<(facts: Fact[]) => void>();

  private constructor(
    private readonly ground: Ground,
    pictures: Map<string, Picture>,
  ) {
    this.epoch = ground.ids.id("ep");
    for (const [account, picture] of pictures) this.#boards.set(account, new AccountBoard(picture));
  }

  /** Loads and follows; rejects when the database can't be read. */
  static async start(ground: Ground, { silentAfterMs }: BoardFeedOptions = {}): Promise<BoardFeed> {
    const { seq, pictures } = await loadPictures(ground, silentAfterMs);
    const feed = new BoardFeed(ground, pictures);
    const prune = ground.clock.setInterval(() => feed.#prune(), pruneEveryMs);
    const look = ground.clock.setInterval(() => feed.#lookAtLoad(), lookEveryMs);
    feed.#ends = [
      followFacts(ground, seq, (facts) => feed.#takeFacts(facts)),
      ground.bus.subscribe("beats", (beats) => feed.#takeBeats(beats)),
      ground.bus.subscribe("command.progress", (signal) => feed.#takeProgress(signal)),
      () => prune.cancel(),
      () => look.cancel(),
    ];
    return feed;
  }

  /** The account's board as of its `seq`; shared by callers, not to be changed. */
  snapshot(account: string): Snapshot {
    const { clock } = this.ground;
    return this.#board(account).snapshot(this.epoch, clock.now().getTime(), clock.monotonicMs());
  }

  /** The account's picture itself, for a page that is drawn this moment: to be read at once and not kept. */
  look(account: string): BoardView {
    return { ...this.#board(account).picture, t: this.ground.clock.nowMs() };
  }

  /** Accounts of which an alert fires. */
  accountsThatFire(): string[] {
    const fires = ({ picture }: AccountBoard) =>
      [...picture.alerts.values()].some(({ state }) => state === "firing");
    return [...this.#boards].filter(([, board]) => fires(board)).map(([account]) => account);
  }

  /** Takes which of the account's alerts are muted. True: some are left for another frame, to be told again. */
  takeMuted(account: string, read: MutedAlerts): boolean {
    const marked = this.#board(account).takeMuted(read);
    if (marked > 0) this.#schedule("facts");
    return marked === mutedAtOnce;
  }

  /** Called with facts that the board has taken. The answer ends it. */
  onFacts(listener: (facts: Fact[]) => void): () => void {
    this.#factListeners.add(listener);
    return () => this.#factListeners.delete(listener);
  }

  /** Frames after `seq`, oldest first; null when they are gone and a snapshot is needed. */
  since(account: string, epoch: string, seq: number): Frame[] | null {
    if (epoch !== this.epoch) return null;
    return this.#board(account).ring.since(seq);
  }

  /** Called with each frame of the account, in order, as soon as it is made. The answer ends it. */
  onFrame(account: string, listener: (frame: Frame) => void): () => void {
    const { listeners } = this.#board(account);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Which of the ids are no agents of the account. */
  strangers(account: string, agentIds: readonly string[]): string[] {
    const { agents } = this.#board(account).picture;
    return agentIds.filter((id) => !agents.has(id));
  }

  /** CPU that it took to hand one frame to its watchers, in ms: the tick grows so that this stays cheap. */
  reportFanOut(cpuMs: number): void {
    this.#tick.report(cpuMs);
  }

  stop(): void {
    for (const end of this.#ends) end();
    this.#timer?.cancel();
  }

  #board(account: string): AccountBoard {
    const known = this.#boards.get(account);
    if (known) return known;
    const made = new AccountBoard(emptyPicture());
    this.#boards.set(account, made);
    return made;
  }

  #takeFacts(facts: Fact[]): void {
    let told = false;
    for (const fact of facts) told = this.#board(fact.account).takeFact(fact) || told;
    if (told) this.#schedule("facts");
    for (const listener of this.#factListeners) listener(facts);
  }

  #takeBeats(beats: BeatSignal[]): void {
    // An account that is not known yet has no agents: its first fact makes its board.
    const nowMs = this.ground.clock.nowMs();
    for (const beat of beats) this.#boards.get(beat.account)?.takeBeat(beat, nowMs);
    this.#schedule("beats");
  }

  #takeProgress(signal: ProgressSignal): void {
    this.#boards.get(signal.account)?.takeProgress(signal);
    this.#schedule("beats");
  }

  #lookAtLoad(): void {
    const load = performance.eventLoopUtilization();
    this.#tick.reportBusy(performance.eventLoopUtilization(load, this.#load).utilization);
    this.#load = load;
  }

  #prune(): void {
    const nowMs = this.ground.clock.now().getTime();
    for (const board of this.#boards.values()) board.prune(nowMs);
    this.#schedule("beats");
  }

  /**
   * One timer for all accounts: at once after a quiet time, else when the tick is over, which facts shorten. While
   * thousands of sockets speak at once the event loop comes to its timers late; then whatever comes next makes the frame.
   */
  #schedule(kind: TickKind): void {
    const nowMs = this.ground.clock.monotonicMs();
    if (this.#timer && nowMs >= this.#dueMs + lateMs) {
      this.#timer.cancel();
      this.#flush();
      return;
    }
    if (this.#timer && kind === "beats") return;
    const boards = [...this.#boards.values()].filter((board) => board.dirty);
    if (boards.length === 0) return;
    const watched = boards.some((board) => board.listeners.size > 0);
    const dueMs = Math.max(nowMs, this.#flushedAtMs + (watched ? this.#tick.ms(kind) : idleTickMs));
    if (this.#timer && dueMs >= this.#dueMs) return;
    this.#timer?.cancel();
    this.#dueMs = dueMs;
    this.#timer = this.ground.clock.setTimeout(() => this.#flush(), dueMs - nowMs);
  }

  #flush(): void {
    this.#timer = null;
    this.#flushedAtMs = this.ground.clock.monotonicMs();
    const t = this.ground.clock.now().getTime();
    for (const board of this.#boards.values()) board.flush(t);
  }
}
