import { type JoinAnswer, joinSchema } from "@/contracts/wire/browser";
import { browserProtocol } from "@/contracts/wire/console-words";
import type { BoardFeed } from "@/domain/fleet/board/feed";
import type { Ground } from "@/domain/kernel";
import type { Timer } from "@/platform/clock";
import { answerTo, boardRoom, type ConsoleNamespace, type Watcher } from "./watcher";

/** After a restart everybody comes at once: those of one moment share one snapshot, encoded once. */
const leastGatherMs = 10;
const mostGatherMs = 250;
/** A large board takes some ms to encode: while many come, they wait so much longer than it took, and it stays a tenth. */
const gatherShare = 10;

const refused = (code: string, message: string): JoinAnswer => ({ ok: false, error: { code, message } });

/**
 * Brings watchers onto the board with no gap: what they missed and the entry into the room happen in one turn of
 * the event loop, in which no frame can be made. `entered` is called when a watcher is in.
 */
export class Joining {
  #waiting = new Map<string, Set<Watcher>>();
  #timer: Timer | null = null;
  #gatherMs = leastGatherMs;

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
    this.#timer ??= this.ground.clock.setTimeout(() => this.#give(), this.#gatherMs);
  }

  #give(): void {
    this.#timer = null;
    const startMs = this.ground.clock.monotonicMs();
    const all = this.#waiting;
    this.#waiting = new Map();
    for (const [account, sockets] of all) {
      const ids = Array.from(sockets, (socket) => socket.id);
      if (ids.length === 0) continue;
      const snapshot = this.feed.snapshot(account);
      this.namespace.to(ids).emit("snapshot", snapshot);
      for (const frame of this.feed.since(account, snapshot.epoch, snapshot.seq) ?? []) {
        this.namespace.to(ids).emit("frame", frame);
      }
      for (const socket of sockets) this.#enter(socket);
    }
    const tookMs = this.ground.clock.monotonicMs() - startMs;
    this.#gatherMs = Math.min(mostGatherMs, Math.max(leastGatherMs, tookMs * gatherShare));
  }

  #enter(socket: Watcher): void {
    socket.data.joined = true;
    void socket.join(boardRoom(socket.data.caller.account));
    this.entered(socket);
  }
}
