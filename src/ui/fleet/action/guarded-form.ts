import { z } from "zod";
import {
  type CommandKind,
  isTypedWord,
  type RequestCommands,
  reasonSchema,
  typedWords,
} from "@/contracts/fleet/command";
import { actionWords } from "./action-words";

/** Times that can be chosen, in ms, with their words. */
export const graceChoices = [
  { ms: 5_000, word: "5 s" },
  { ms: 10_000, word: "10 s" },
  { ms: 30_000, word: "30 s" },
  { ms: 60_000, word: "60 s" },
  { ms: 300_000, word: "5 min" },
] as const;
export const waitChoices = [
  { ms: 60_000, word: "1 min" },
  { ms: 5 * 60_000, word: "5 min" },
  { ms: 15 * 60_000, word: "15 min" },
  { ms: 60 * 60_000, word: "1 h" },
  { ms: 24 * 3_600_000, word: "1 day" },
] as const;

export interface GuardedValues {
  reason: string;
  typed: string;
  graceMs: number;
  waitMs: number;
}

export const guardedDefaults: GuardedValues = { reason: "", typed: "", graceMs: 10_000, waitMs: 15 * 60_000 };

/** What a guarded dialog must hold before it may be sent: a reason always, the typed word where one is asked for. */
export function guardedFormSchema(kind: CommandKind) {
  return z.object({
    reason: z
      .string()
      .refine((text) => text.trim() !== "", "Say why: the reason is kept in the audit log.")
      .pipe(reasonSchema),
    typed: z.string().refine((text) => isTypedWord(kind, text), `Type ${typedWords[kind]} to confirm.`),
    graceMs: z.number(),
    waitMs: z.number(),
  });
}

/** The request that the dialog stands for. */
export function requestOf(
  kind: CommandKind,
  agentIds: readonly string[],
  values: GuardedValues,
): RequestCommands {
  return {
    kind,
    agentIds: [...agentIds],
    reason: values.reason,
    args: actionWords[kind].grace ? { graceMs: values.graceMs } : {},
    waitMs: values.waitMs,
  };
}
