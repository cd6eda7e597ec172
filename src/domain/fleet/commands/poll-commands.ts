import type { CommandMessage } from "@/contracts/wire/agent";
import type { Clock } from "@/platform/clock";
import type { AgentCommands, SendCommand } from "./commanded-agent";

/** Long enough for one look at what waits, which comes a moment after joining: even `waitMs` 0 gets what is there. */
const leastWaitMs = 300;
const mostWaitMs = 55_000;
/** A command is not given to the same poller again within so long: it has it and is about to say so. */
const quietMs = 5_000;

/** Long polls: each is a connection for as long as it lasts. */
export function pollCommands(clock: Clock, doors: Pick<AgentCommands, "connected" | "disconnected">) {
  const ends = new Set<() => void>();
  const given = new Map<string, number>();

  const waitFor: AgentCommands["waitFor"] = (agent, waitMs) =>
    new Promise((resolve) => {
      const got: CommandMessage[] = [];
      const end = () => {
        timer.cancel();
        ends.delete(end);
        doors.disconnected(agent.agentId, send);
        resolve(got);
      };
      const send: SendCommand = async (message) => {
        const nowMs = clock.monotonicMs();
        if (nowMs - (given.get(message.id) ?? Number.NEGATIVE_INFINITY) < quietMs) {
          throw new Error("The poller got this command a moment ago.");
        }
        for (const [id, atMs] of given) if (nowMs - atMs >= quietMs) given.delete(id);
        given.set(message.id, nowMs);
        got.push(message);
        end();
        return { ok: true };
      };
      const timer = clock.setTimeout(end, Math.min(mostWaitMs, Math.max(leastWaitMs, waitMs)));
      ends.add(end);
      doors.connected(agent, send);
    });

  return {
    waitFor,
    heardOf: (commandId: string) => given.delete(commandId),
    stop: () => {
      for (const end of [...ends]) end();
    },
  };
}
