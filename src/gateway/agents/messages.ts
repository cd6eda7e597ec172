import type { z } from "zod";
import {
  activitySchema,
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

type Answer = { ok: true } | Refused;
type Handle = (agent: AdmittedAgent, message: unknown) => Promise<Answer>;

/** Parses by the wire contract; what does not fit is answered in a sentence and goes nowhere. */
function parsed<Message>(
  schema: z.ZodType<Message>,
  act: (agent: AdmittedAgent, message: Message) => Promise<Answer>,
): Handle {
  return async (agent, message) => {
    const result = schema.safeParse(message);
    return result.success ? act(agent, result.data) : refused("invalid", firstFault(result.error));
  };
}

/** What an agent may say, and nothing else. */
export function messageHandlers(door: AgentDoor, commands: AgentCommands): Map<string, Handle> {
  return new Map<string, Handle>([
    ["beat", parsed(beatSchema, (agent, beat) => door.beat(agent, beat))],
    ["logs", parsed(logsSchema, (agent, batch) => door.logs(agent, batch))],
    ["activity", parsed(activitySchema, (agent, activity) => door.activity(agent, activity))],
    ["command.update", parsed(commandUpdateSchema, (agent, update) => commands.update(agent, update))],
    ["config.applied", parsed(configAppliedSchema, async () => ({ ok: true }))],
    ["bye", parsed(byeSchema, (agent, bye) => door.bye(agent, bye))],
  ]);
}
