import { type JoinAnswer, joinSchema } from "@/contracts/wire/browser";
import { browserProtocol } from "@/contracts/wire/console-words";
import type { BoardFeed } from "@/domain/fleet/board/feed";
import type { Ground } from "@/domain/kernel";
import type { Timer } from "@/platform/clock";
import { answerTo, boardRoom, type ConsoleNamespace, type Watcher } from "./watcher";

/** After a restart everybody comes at once: those of one moment share one snapshot, encoded once. */
const gatherMs = 10;
/** A large board takes some ms to encode. While many come, the next one waits ten times as long, at most so long. */
const mostRestMs = 250;
const restShare = 10;

const refused = (code: string, message: string): JoinAnswer => ({ ok: false, error: { code, message } });

/**
 * Brings watchers onto the board with no gap: what they missed and the entry into the room happen in one turn of
 * the event loop, in which no frame can be made. `entered` is called when a watcher is in.
 */
export class Joining {
  #waiting = new Map<string, Set<Watcher>>();
  #timer: Timer | null = null;
  #restsUntilMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly namespace: ConsoleNamespace,
    private readonly feed: BoardFeed,
    private readonly ground: Pick<Ground, "clock">,
    private readonly entered: (socket: Watcher) => void,
  ) {}

  /** `join`: the missed frames, or `resync` and then a snapshot. */
  join(socket: Watcher, message: unknown, given: unknown): void {
    const answer = answerTo<JoinAnswer>(given);
    const parsed = joinSchema.safeParse(message);
    if (!parsed.success) {
      answer(refused("invalid", "A join message has the fields protocol, epoch and lastSeq."));
      return;
    }
    const { protocol, epoch, lastSeq } = parsed.data;
    if (protocol !== browserProtocol) {
      answer(
        refused(
          "protocol",
          `This server speaks version ${browserProtocol} of the protocol: reload the page.`,
        ),
      );
      return;
    }
    // It still has to read what waits; the tick tells it when it may ask again.
    if (socket.data.behind) {
      answer({ ok: true, mode: "resync", epoch: this.feed.epoch });
      return;
    }
    const { account } = socket.data.caller;
    const missed = epoch && lastSeq != null ? this.feed.since(account, epoch, lastSeq) : null;
    answer({ ok: true, mode: missed ? "replay" : "resync", epoch: this.feed.epoch });
    if (!missed) {
      this.#await(socket);
      return;
    }
    this.leave(socket);
    for (const frame of missed) socket.emit("frame", frame);
    this.#enter(socket);
  }

  leave(socket: Watcher): void {
    this.#waiting.get(socket.data.caller.account)?.delete(socket);
  }

  #await(socket: Watcher): void {
    const { account } = socket.data.caller;
    const waiting = this.#waiting.get(account) ?? new Set();
    this.#waiting.set(account, waiting.add(socket));
    const { clock } = this.ground;
    const waitMs = Math.max(gatherMs, this.#restsUntilMs - clock.monotonicMs());
    this.#timer ??= clock.setTimeout(() => this.#give(), waitMs);
  }

  #give(): void {
    this.#timer = null;
    const startMs = this.ground.clock.monotonicMs();
    const all = this.#waiting;
    this.#waiting = new Map();
    for (const [account, waiting] of all) {
      // Who fell behind meanwhile is told so when it has read what waits, and asks again.
      const sockets = [...waiting].filter((socket) => !socket.data.behind);
      const ids = sockets.map((socket) => socket.id);
      if (ids.length === 0) continue;
      const snapshot = this.feed.snapshot(account);
      this.namespace.to(ids).emit("snapshot", snapshot);
      for (const frame of this.feed.since(account, snapshot.epoch, snapshot.seq) ?? []) {
        this.namespace.to(ids).emit("frame", frame);
      }
      for (const socket of sockets) this.#enter(socket);
    }
    const nowMs = this.ground.clock.monotonicMs();
    this.#restsUntilMs = nowMs + Math.min(mostRestMs, (nowMs - startMs) * restShare);
  }

  #enter(socket: Watcher): void {
    socket.data.joined = true;
    void socket.join(boardRoom(socket.data.caller.account));
    this.entered(socket);
  }
}
