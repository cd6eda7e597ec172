import type { Ground } from "@/domain/kernel";
import { counter, gauge } from "@/platform/metrics";
import { drainedBytes, mostWaitingBytes, waitingBytes } from "./waiting-bytes";
import { boardRoom, type ConsoleNamespace, type Watcher } from "./watcher";

/** Looking at every transport takes a microsecond each; more often than this would gain nothing. */
const lookEveryMs = 25;
const drainEveryMs = 250;

/**
 * Watchers that read too slowly: out of every room, so that memory stays bounded, and told to `resync` once they
 * have read what waits. They keep their connection; the others never notice.
 */
export class SlowReaders {
  readonly #behind = new Set<Watcher>();
  #lookedAtMs = new Map<string, number>();
  #gauge = gauge("mc_watchers_behind", "Watchers whose frames are dropped because they read too slowly.");
  #dropped = counter("mc_watchers_dropped_total", "Times that a watcher fell behind and lost its frames.");
  #tick: { cancel(): void };

  constructor(
    private readonly namespace: ConsoleNamespace,
    private readonly ground: Pick<Ground, "clock">,
  ) {
    this.#tick = ground.clock.setInterval(() => this.#returnDrained(), drainEveryMs);
  }

  /** Takes the slow ones of an account out; to be called before something is sent to its room. */
  takeOut(account: string): void {
    const nowMs = this.ground.clock.monotonicMs();
    if (nowMs - (this.#lookedAtMs.get(account) ?? Number.NEGATIVE_INFINITY) < lookEveryMs) return;
    this.#lookedAtMs.set(account, nowMs);
    for (const id of this.namespace.adapter.rooms.get(boardRoom(account)) ?? []) {
      const socket = this.namespace.sockets.get(id);
      if (socket && waitingBytes(socket) > mostWaitingBytes) this.#drop(socket);
    }
  }

  forget(socket: Watcher): void {
    this.#behind.delete(socket);
    this.#gauge.set(this.#behind.size);
  }

  stop(): void {
    this.#tick.cancel();
  }

  #drop(socket: Watcher): void {
    for (const room of socket.rooms) if (room !== socket.id) socket.leave(room);
    socket.data.behind = true;
    socket.data.joined = false;
    this.#behind.add(socket);
    this.#gauge.set(this.#behind.size);
    this.#dropped.inc();
  }

  #returnDrained(): void {
    for (const socket of this.#behind) {
      if (waitingBytes(socket) > drainedBytes) continue;
      this.forget(socket);
      socket.data.behind = false;
      socket.emit("resync", { reason: "behind" });
    }
  }
}
