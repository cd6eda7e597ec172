import type { z } from "zod";
import {
  activitySchema,
  type Beat,
  beatSchema,
  byeSchema,
  commandUpdateSchema,
  configAppliedSchema,
  logsSchema,
  type Refused,
} from "@/contracts/wire/agent";
import type { AgentCommands } from "@/domain/fleet/commands/agent-commands";
import type { AdmittedAgent } from "@/domain/fleet/presence/admitted-agent";
import type { AgentDoor } from "@/domain/fleet/presence/door";
import { refused } from "@/domain/fleet/presence/wire-answers";
import { firstFault } from "./first-fault";
import { isPlainBeat } from "./plain-beat";

type Answer = { ok: true } | Refused;
type Reply = (answer: Answer) => void;
/** Answers once. May throw, or reject, for a defect of ours. */
type Handle = (agent: AdmittedAgent, message: unknown, reply: Reply) => void | Promise<void>;

/** Parses by the wire contract; what does not fit is answered in a sentence and goes nowhere. */
function parsed<Message>(
  schema: z.ZodType<Message>,
  act: (agent: AdmittedAgent, message: Message, reply: Reply) => void | Promise<void>,
): Handle {
  return (agent, message, reply) => {
    const result = schema.safeParse(message);
    if (!result.success) return reply(refused("invalid", firstFault(result.error)));
    return act(agent, result.data, reply);
  };
}

/** The same for what is answered by a promise; beats are not, since there are thousands a second. */
function answered<Message>(
  schema: z.ZodType<Message>,
  act: (agent: AdmittedAgent, message: Message) => Promise<Answer>,
): Handle {
  return parsed(schema, async (agent, message, reply) => reply(await act(agent, message)));
}

/** What an agent may say, and nothing else. */
export function messageHandlers(door: AgentDoor, commands: AgentCommands): Map<string, Handle> {
  const takeBeat = (agent: AdmittedAgent, beat: Beat, reply: Reply) => door.beat(agent, beat, reply);
  const parsedBeat = parsed(beatSchema, takeBeat);
  return new Map<string, Handle>([
    [
      "beat",
      (agent, beat, reply) =>
        isPlainBeat(beat) ? takeBeat(agent, beat, reply) : parsedBeat(agent, beat, reply),
    ],
    ["logs", answered(logsSchema, (agent, batch) => door.logs(agent, batch))],
    ["activity", answered(activitySchema, (agent, activity) => door.activity(agent, activity))],
    ["command.update", answered(commandUpdateSchema, (agent, update) => commands.update(agent, update))],
    ["config.applied", answered(configAppliedSchema, (agent, applied) => door.config(agent, applied))],
    ["bye", answered(byeSchema, (agent, bye) => door.bye(agent, bye))],
  ]);
}
