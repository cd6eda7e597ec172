import type { Refused } from "@/contracts/wire/agent";
import { refused } from "@/domain/fleet/presence/wire-answers";
import type { Clock } from "@/platform/clock";
import type { Log } from "@/platform/log";
import { openBeatLane } from "./beat-lane";
import type { AgentSocket } from "./connections";
import type { messageHandlers } from "./messages";
import { RateGuard } from "./rate-guard";

const noAnswer = () => {};
const isReply = (value: unknown): value is (answer: unknown) => void => typeof value === "function";

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
  // A function of its own: what a closure holds is made anew for every message, also for those that never need it.
  const answerFailure = (done: Promise<void>, event: string, reply: (answer: unknown) => void) => {
    done.catch((error: unknown) => reply(failed(event, error)));
  };
  const take = (event: string, message: unknown, reply: (answer: unknown) => void) => {
    if (!guard.take()) return reply(refused("too-many", "Too many messages at once: slow down.", 1_000));
    const handle = handlers.get(event);
    if (!handle) {
      const known = [...handlers.keys()].join(", ");
      return reply(refused("invalid", `There is no such event. An agent may send: ${known}.`));
    }
    try {
      const done = handle(agent, message, reply);
      if (done) answerFailure(done, event, reply);
    } catch (error) {
      reply(failed(event, error));
    }
  };
  socket.use((packet: unknown[]) => {
    const last = packet.at(-1);
    const reply = isReply(last) ? last : noAnswer;
    take(String(packet[0]), packet[1] === reply ? undefined : packet[1], reply);
  });
  openBeatLane(socket, (message, reply) => take("beat", message, reply));
}
