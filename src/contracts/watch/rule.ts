import { z } from "zod";
import { lineSchema } from "@/contracts/kernel/text";

export const severities = ["info", "warning", "critical"] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

/** What a rule watches for. `offline`: an agent fell silent, or closed without a word, although nobody asked it to stop. */
export const ruleKinds = ["offline"] as const;
export const ruleKindSchema = z.enum(ruleKinds);

/** Whom a rule watches: everything, or the agents of a group, or those with a tag. */
export const ruleScopeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("group"), group: z.string() }),
  z.object({ kind: z.literal("tag"), tag: z.string() }),
]);
export type RuleScope = z.infer<typeof ruleScopeSchema>;

export const ruleSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: ruleKindSchema,
  scope: ruleScopeSchema,
  severity: severitySchema,
  enabled: z.boolean(),
  /** Channels told; empty means every enabled channel. */
  channelIds: z.array(z.string()),
  createdAt: z.string(),
});
export type Rule = z.infer<typeof ruleSchema>;

export const createRuleSchema = z.object({
  name: lineSchema(120),
  kind: ruleKindSchema,
  scope: ruleScopeSchema,
  severity: severitySchema,
  enabled: z.boolean().default(true),
  channelIds: z.array(z.string()).max(50).default([]),
});
export const changeRuleSchema = z.object({
  id: z.string(),
  name: lineSchema(120).optional(),
  scope: ruleScopeSchema.optional(),
  severity: severitySchema.optional(),
  enabled: z.boolean().optional(),
  channelIds: z.array(z.string()).max(50).optional(),
});
