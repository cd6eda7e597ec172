import { z } from "zod";
import { actorSchema } from "@/contracts/kernel/actor";
import { lineSchema } from "@/contracts/kernel/text";
import { commandStates } from "./command-states";

/** What an agent can be told to do. */
export const commandKinds = ["restart", "kill", "update-config", "health-check", "pause", "resume"] as const;
export const commandKindSchema = z.enum(commandKinds);
export type CommandKind = z.infer<typeof commandKindSchema>;

/** The word that a person types before it is requested, at every edge; only what can't be taken back asks for one. */
export const typedWords: Partial<Record<CommandKind, string>> = { kill: "kill" };

/** Whether what was typed is the word, or none is needed. Case and spaces do not tell a careful person from a careless one. */
export function isTypedWord(kind: CommandKind, typed: string): boolean {
  const word = typedWords[kind];
  return word === undefined || typed.trim().toLowerCase() === word;
}

export const commandStateSchema = z.enum(commandStates);
export type CommandState = z.infer<typeof commandStateSchema>;

/**
 * The only table of allowed moves. A state that is missing here is final. `sent → queued` does not exist: a resend
 * is harmless (the agent remembers ids), so a command whose agent vanished stays `sent` and is sent again.
 */
export const commandMoves: Record<CommandState, readonly CommandState[]> = {
  "awaiting-approval": ["queued", "cancelled", "expired"],
  queued: ["sent", "expired", "cancelled"],
  sent: ["acknowledged", "expired"],
  acknowledged: ["running", "succeeded", "failed"],
  running: ["succeeded", "failed"],
  succeeded: [],
  failed: [],
  expired: [],
  cancelled: [],
};

/** How long a command waits for an agent that is away, unless the caller says otherwise: 15 minutes. */
export const defaultWaitMs = 15 * 60_000;

/** Arguments; a kind takes only what concerns it. `graceMs`: SIGTERM to SIGKILL of a restart. */
export const commandArgsSchema = z.object({
  graceMs: z.number().int().min(0).max(600_000).optional(),
});
export type CommandArgs = z.infer<typeof commandArgsSchema>;

/** Reason that goes to the audit log. */
export const reasonSchema = lineSchema(500);

const wish = {
  kind: commandKindSchema,
  reason: reasonSchema,
  args: commandArgsSchema.optional(),
  /** Gives up when the agent has not acknowledged within this time. */
  waitMs: z
    .number()
    .int()
    .min(1_000)
    .max(7 * 86_400_000)
    .default(defaultWaitMs),
};
/** `POST /v1/commands`: one command an agent, all or nothing. */
export const requestCommandsSchema = z.object({
  ...wish,
  agentIds: z.array(z.string()).min(1, "name at least one agent").max(1_000),
});
export type RequestCommands = z.infer<typeof requestCommandsSchema>;
/** `POST /v1/agents/{id}/commands`. */
export const requestCommandSchema = z.object({ ...wish, id: z.string() });

/** A command as everybody sees it. */
export const commandSchema = z.object({
  id: z.string(),
  batchId: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  kind: commandKindSchema,
  args: commandArgsSchema,
  reason: z.string(),
  state: commandStateSchema,
  requestedBy: actorSchema,
  requestedAt: z.string(),
  deadlineAt: z.string(),
  sentAt: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  runningAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  progress: z.number().nullable(),
  message: z.string().nullable(),
});
export type Command = z.infer<typeof commandSchema>;

/** `details` of the `conflict` that a second admin meets: who is at this agent already, and with what. */
export const commandConflictSchema = z.object({
  conflicts: z.array(
    z.object({
      agentId: z.string(),
      agentName: z.string(),
      commandId: z.string(),
      kind: commandKindSchema,
      state: commandStateSchema,
      requestedBy: actorSchema,
      requestedAt: z.string(),
    }),
  ),
});
export type CommandConflict = z.infer<typeof commandConflictSchema>;
