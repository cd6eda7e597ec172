import type { Refused } from "@/contracts/wire/agent";
import { refused } from "@/domain/fleet/presence/wire-answers";
import type { Clock } from "@/platform/clock";
import type { Log } from "@/platform/log";
import type { AgentSocket } from "./connections";
import type { messageHandlers } from "./messages";
import { RateGuard } from "./rate-guard";

const noAnswer = () => {};

/**
 * One ear for all events of a connection: known ones are handled, others are answered with an error when an answer
 * is wanted. Nothing that an agent says ends its connection, and nothing of it can throw. A middleware that passes
 * nothing on, since a listener would cost each message a turn of the event loop's queue and two copies of itself.
 */
export function listen(
  socket: AgentSocket,
  handlers: ReturnType<typeof messageHandlers>,
  { clock, log }: { clock: Clock; log: Log },
): void {
  const guard = new RateGuard(clock);
  const { agent } = socket.data;

  const failed = (event: string, error: unknown): Refused => {
    log.error({ err: error, event, agentId: agent.agentId }, "An agent's message failed.");
    return refused("internal", "Something broke on our side; the message was not taken. Send it again.");
  };
  socket.use((packet: unknown[]) => {
    const event = String(packet[0]);
    const last = packet.at(-1);
    const reply = typeof last === "function" ? (answer: unknown) => void last(answer) : noAnswer;
    if (!guard.take()) return reply(refused("too-many", "Too many messages at once: slow down.", 1_000));
    const handle = handlers.get(event);
    if (!handle) {
      const known = [...handlers.keys()].join(", ");
      return reply(refused("invalid", `There is no such event. An agent may send: ${known}.`));
    }
    try {
      const done = handle(agent, packet[1] === last && reply !== noAnswer ? undefined : packet[1], reply);
      done?.catch((error: unknown) => reply(failed(event, error)));
    } catch (error) {
      reply(failed(event, error));
    }
  });
}
