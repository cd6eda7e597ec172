import type { Frame } from "@/contracts/wire/browser";
import type { BoardFeed } from "@/domain/fleet/board/feed";
import { accountOf, boardRoom, type ConsoleNamespace } from "./watcher";

/** Asking what a frame cost takes two calls of the system, a fortieth of what it costs to hand it to a hundred: not for each. */
const measuredEvery = 4;

/**
 * Frames to rooms: one emit a frame, encoded once for all who watch. An account is followed while its room exists.
 * `beforeFrame` takes the slow ones out of the room first.
 */
export function fanOut(
  namespace: ConsoleNamespace,
  feed: BoardFeed,
  beforeFrame: (account: string) => void,
): () => void {
  const following = new Map<string, () => void>();

  const hand = (account: string, frame: Frame, measured: boolean) => {
    beforeFrame(account);
    // CPU, not time: on a busy machine most of the time belongs to others, such as the readers that this wakes.
    const before = measured ? process.cpuUsage() : null;
    namespace.to(boardRoom(account)).emit("frame", frame);
    if (!before) return;
    const { user, system } = process.cpuUsage(before);
    feed.reportFanOut((user + system) / 1_000);
  };
  const onRoom = (room: string) => {
    const account = accountOf(room);
    if (account === null || following.has(account)) return;
    let handed = 0;
    following.set(
      account,
      feed.onFrame(account, (frame) => hand(account, frame, handed++ % measuredEvery === 0)),
    );
  };
  const offRoom = (room: string) => {
    const account = accountOf(room);
    if (account === null) return;
    following.get(account)?.();
    following.delete(account);
  };
  namespace.adapter.on("create-room", onRoom);
  namespace.adapter.on("delete-room", offRoom);
  return () => {
    namespace.adapter.off("create-room", onRoom);
    namespace.adapter.off("delete-room", offRoom);
    for (const end of following.values()) end();
    following.clear();
  };
}
