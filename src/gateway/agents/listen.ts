import { refused } from "@/domain/fleet/presence/wire-answers";
import type { Clock } from "@/platform/clock";
import type { Log } from "@/platform/log";
import type { AgentSocket } from "./connections";
import type { messageHandlers } from "./messages";
import { RateGuard } from "./rate-guard";

/**
 * One listener for all events of a connection: known ones are handled, others are answered with an error when an
 * answer is wanted. Nothing that an agent says ends its connection, and nothing of it can throw.
 */
export function listen(
  socket: AgentSocket,
  handlers: ReturnType<typeof messageHandlers>,
  { clock, log }: { clock: Clock; log: Log },
): void {
  const guard = new RateGuard(clock);
  const { agent } = socket.data;
  socket.onAny((event: string, ...args: unknown[]) => {
    const last = args.at(-1);
    const answer = typeof last === "function" ? (reply: unknown) => void last(reply) : () => {};
    if (!guard.take()) return answer(refused("too-many", "Too many messages at once: slow down.", 1_000));
    const handle = handlers.get(event);
    if (!handle) {
      const known = [...handlers.keys()].join(", ");
      return answer(refused("invalid", `There is no such event. An agent may send: ${known}.`));
    }
    handle(agent, typeof args[0] === "function" ? undefined : args[0]).then(answer, (error: unknown) => {
      log.error({ err: error, event, agentId: agent.agentId }, "An agent's message failed.");
      answer(refused("internal", "Something broke on our side; the message was not taken. Send it again."));
    });
  });
}
