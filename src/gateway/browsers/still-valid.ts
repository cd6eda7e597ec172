import type { Topics } from "@/contracts/signals";
import { type Ground, isRefusal } from "@/domain/kernel";
import type { Authenticate } from "@/domain/people/sessions";
import { startLoop } from "@/platform/loop";
import type { ConsoleNamespace, Watcher } from "./watcher";

type Reason = "revoked" | "expired" | "role" | "disabled";

/** Each credential is asked about again so often: it may have expired, or a revocation may have been lost. */
const checkEveryMs = 60_000;
/** A watcher that does not even read its goodbye is cut off. */
const goodbyeMs = 1_000;

/** Takes the socket from whoever lost the right to it: at once when told by the bus, else within a minute. */
export function keepValid(
  namespace: ConsoleNamespace,
  ground: Ground,
  authenticate: Authenticate,
): () => Promise<void> {
  const dismiss = (socket: Watcher, reason: Reason) => {
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    socket.emit("goodbye", { reason });
    socket.disconnect(true);
    ground.clock.setTimeout(() => socket.conn.close(true), goodbyeMs);
  };

  const check = async (socket: Watcher): Promise<void> => {
    const { caller, bearer } = socket.data;
    try {
      const now = await authenticate(socket.handshake.headers, bearer);
      if (now.actor.id !== caller.actor.id) dismiss(socket, "expired");
      else if (now.role !== caller.role || now.mustEnrol) dismiss(socket, "role");
    } catch (error) {
      // Only a clear no counts: while the database is away, everybody stays.
      if (isRefusal(error)) dismiss(socket, "expired");
      else throw error;
    }
  };

  const checks = startLoop({
    name: "watchers",
    everyMs: checkEveryMs,
    clock: ground.clock,
    log: ground.log,
    run: async (signal) => {
      for (const socket of [...namespace.sockets.values()]) {
        if (signal.aborted) return;
        if (socket.connected) await check(socket);
      }
    },
  });
  const end = ground.bus.subscribe("sessions.revoked", (revoked) => {
    for (const socket of [...namespace.sockets.values()]) {
      if (concerns(revoked, socket)) dismiss(socket, revoked.reason);
    }
  });
  return async () => {
    end();
    await checks.stop();
  };
}

/** Ids are those of sessions or of tokens; a user's revocation takes all of their sessions. */
function concerns({ sessionIds = [], userId }: Topics["sessions.revoked"], { data }: Watcher): boolean {
  const { sessionId, family, actor } = data.caller;
  if (sessionId !== null && sessionIds.includes(sessionId)) return true;
  if (family && sessionIds.includes(family)) return true;
  return sessionIds.includes(actor.id) || (userId !== undefined && actor.id === userId);
}
