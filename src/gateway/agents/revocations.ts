import type { Topics } from "@/contracts/signals";
import type { AgentDoor } from "@/domain/fleet/presence/door";
import type { Bus } from "@/platform/bus";
import type { Clock } from "@/platform/clock";
import type { Log } from "@/platform/log";
import { type AgentConnections, dismiss } from "./connections";

/** A revocation that the bus lost, or that crossed a handshake, takes effect this late at most. */
const recheckEveryMs = 15_000;

const revoked = "This agent's key or certificate was revoked, or its time is over.";

/** Closes the connections of keys that are no longer good: at the bus's word at once, else at the next check. */
export function followRevocations(
  parts: { bus: Bus<Topics>; clock: Clock; log: Log; door: AgentDoor },
  connections: AgentConnections,
): () => void {
  const { bus, clock, log, door } = parts;
  const stopListening = bus.subscribe("keys.revoked", ({ agentId, keyId }) => {
    const socket = connections.get(agentId);
    if (!socket) return;
    if (keyId === null) dismiss(socket, "removed", "This agent was removed from Mission Control.");
    else if (socket.data.agent.keyId === keyId) dismiss(socket, "revoked-key", revoked);
  });
  const recheck = async () => {
    const sockets = [...connections.all()];
    if (sockets.length === 0) return;
    try {
      const over = await door.overstayed(sockets.map((socket) => socket.data.agent));
      for (const socket of sockets) if (over.has(socket.data.agent)) dismiss(socket, "revoked-key", revoked);
    } catch (error) {
      log.warn({ err: error }, "Keys of connected agents can't be checked now.");
    }
  };
  const timer = clock.setInterval(() => void recheck(), recheckEveryMs);
  const stopHealth = bus.onHealth((health) => void (health.ok && recheck()));
  return () => {
    stopListening();
    stopHealth();
    timer.cancel();
  };
}
