import type { Fact } from "@/contracts/facts";
import type { BeatSignal, ProgressSignal } from "@/contracts/signals";
import { type EncodedColumns, encodeBeat } from "@/contracts/wire/board-codec";
import type { Change, Frame, Snapshot } from "@/contracts/wire/browser";
import { FrameRing } from "./frame-ring";
import { HeardProgress } from "./heard-progress";
import {
  applyBeat,
  applyFact,
  applyMuted,
  type MutedAlerts,
  type Picture,
  type PictureAgent,
  pruneEnded,
} from "./picture";
import { encodeSnapshot, toldOf } from "./snapshot";

/**
 * A large board's snapshot is shared by all who come within so long: with the frames since then it is the same
 * board, and a hundred browsers that return at once cost one encoding. A small one is always made anew.
 */
const sharedForMs = 100;
const sharedFromAgents = 500;

/** An outage may mute thousands, and one frame of all of them would be a megabyte for each watcher. */
export const mutedAtOnce = 500;

/** One account's picture, what changed in it since the last frame, and the frames of late. */
export class AccountBoard {
  readonly ring = new FrameRing();
  readonly listeners = new Set<(frame: Frame) => void>();
  #seq = 0;
  #beats = new Set<PictureAgent>();
  #tasks = new Set<PictureAgent>();
  #changes: Change[] = [];
  #progress = new HeardProgress();
  #shared: { snapshot: Snapshot; atMs: number } | null = null;
  /** Kept while no fact is about an agent, which may be for hours: more than half of a snapshot's columns. */
  #told: EncodedColumns | null = null;

  constructor(readonly picture: Picture) {}

  get dirty(): boolean {
    return this.#beats.size > 0 || this.#changes.length > 0;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Answers whether watchers have to hear of it. */
  takeFact(fact: Fact): boolean {
    const change = applyFact(this.picture, fact);
    if (!change) return false;
    this.#changes.push(change);
    if (change.kind === "agent") this.#told = null;
    if (change.kind === "command") this.#changes.push(...this.#progress.moved(this.picture, change.id));
    return true;
  }

  takeProgress(signal: ProgressSignal): void {
    this.#changes.push(...this.#progress.heard(this.picture, signal));
  }

  takeBeat(beat: BeatSignal, nowMs: number): void {
    const applied = applyBeat(this.picture, beat, nowMs);
    if (!applied) return;
    this.#beats.add(applied.entry);
    if (applied.task) this.#tasks.add(applied.entry);
  }

  /** Answers how many alerts it marked: `mutedAtOnce` at most. */
  takeMuted(read: MutedAlerts): number {
    const changes = applyMuted(this.picture, read, mutedAtOnce);
    this.#changes.push(...changes);
    return changes.length;
  }

  prune(nowMs: number): void {
    this.#changes.push(...pruneEnded(this.picture, nowMs));
  }

  /** Makes the next frame of all that changed and hands it to the listeners; nothing when nothing changed. */
  flush(t: number): void {
    if (!this.dirty) return;
    const frame: Frame = { s: ++this.#seq, t };
    if (this.#beats.size > 0) {
      frame.b = Array.from(this.#beats, (entry) => encodeBeat(entry.ix, entry.agent.activity, entry, t));
    }
    if (this.#tasks.size > 0) frame.k = Array.from(this.#tasks, ({ ix, agent }) => [ix, agent.task]);
    if (this.#changes.length > 0) frame.c = this.#changes;
    // Not cleared: the tables that a set outgrew point to those after them, so one that got old keeps all of them.
    this.#beats = new Set();
    this.#tasks = new Set();
    this.#changes = [];
    this.#progress.told();
    this.ring.push(frame);
    for (const listener of this.listeners) listener(frame);
  }

  /** The board as of its `seq`; what follows is in the frames after it. */
  snapshot(epoch: string, t: number, monotonicMs: number): Snapshot {
    const shared = this.#shared;
    const large = this.picture.agents.size >= sharedFromAgents;
    if (shared && large && monotonicMs - shared.atMs <= sharedForMs) {
      if (this.ring.reaches(shared.snapshot.seq)) return shared.snapshot;
    }
    this.flush(t);
    this.#told ??= toldOf(this.picture);
    const snapshot = encodeSnapshot(this.picture, epoch, this.#seq, t, this.#told);
    this.#shared = large ? { snapshot, atMs: monotonicMs } : null;
    return snapshot;
  }
}
