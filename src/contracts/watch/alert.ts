import { z } from "zod";
import { agentStatusSchema } from "@/contracts/fleet/status";
import { actorSchema } from "@/contracts/kernel/actor";
import { lineSchema } from "@/contracts/kernel/text";
import { conditionKindSchema } from "./condition";
import { severitySchema } from "./rule";

/** `pending` and `recovering` are states of an episode; an alert is written when it fires. */
export const episodeStates = ["ok", "pending", "firing", "recovering"] as const;
export const episodeStateSchema = z.enum(episodeStates);
export type EpisodeState = z.infer<typeof episodeStateSchema>;

export const alertStateSchema = z.enum(["firing", "resolved"]);
export type AlertState = z.infer<typeof alertStateSchema>;

/** What an alert is about. `id` of a host is its name, of Mission Control itself the check's name. */
export const subjectKinds = [
  "agent",
  "host",
  "fleet",
  "certificate",
  "agent-key",
  "api-token",
  "join-token",
  "self",
] as const;
export const subjectSchema = z.object({ kind: z.enum(subjectKinds), id: z.string(), name: z.string() });
export type Subject = z.infer<typeof subjectSchema>;

/** One episode of trouble: fires once, resolves once. */
export const alertSchema = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleVersion: z.number().int(),
  ruleName: z.string(),
  kind: conditionKindSchema,
  severity: severitySchema,
  state: alertStateSchema,
  subject: subjectSchema,
  /** The agent that it is about, or that the subject belongs to; null for a host, the fleet and ourselves. */
  agentId: z.string().nullable(),
  group: z.string().nullable(),
  host: z.string().nullable(),
  tags: z.array(z.string()),
  /** Labels that the rule adds. */
  labels: z.record(z.string(), z.string()),
  /** What is wrong, in a sentence. */
  summary: z.string(),
  /** The number that was judged, where one was. */
  value: z.number().nullable(),
  /** When the trouble began (the last beat, the first bad minute), not when it was noticed. */
  since: z.string(),
  firedAt: z.string(),
  resolvedAt: z.string().nullable(),
  resolution: z.string().nullable(),
  /** What the agent said last. */
  lastKnown: z.string().nullable(),
  /** The agent's status then, and at the end. */
  status: agentStatusSchema.nullable(),
  flapping: z.boolean(),
  runbook: z.string().nullable(),
  /** Ends with the alert. */
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedNote: z.string().nullable(),
  assignedTo: z.object({ id: z.string(), name: z.string() }).nullable(),
  snoozedUntil: z.string().nullable(),
  snoozedBy: z.string().nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Trouble that has not lasted long enough to be an alert yet. */
export const pendingAlertSchema = alertSchema
  .pick({
    ruleId: true,
    ruleName: true,
    kind: true,
    severity: true,
    subject: true,
    agentId: true,
    since: true,
    summary: true,
  })
  .extend({ /** When it fires unless it ends before. */ firesAt: z.string().nullable() });
export type PendingAlert = z.infer<typeof pendingAlertSchema>;

/**
 * Whoever acknowledges has it. Somebody else's acknowledgement is only replaced with `takeOver`: of two people who press
 * at the same moment, the second is told (409) who has it.
 */
export const acknowledgeAlertSchema = z.object({
  id: z.string(),
  note: lineSchema(500).nullish(),
  takeOver: z.boolean().default(false),
});
/** `userId` null takes the assignment away. */
export const assignAlertSchema = z.object({ id: z.string(), userId: z.string().max(64).nullable() });
/** From a minute to a week; null ends the snooze. */
export const snoozeAlertSchema = z.object({
  id: z.string(),
  forMs: z
    .number()
    .int()
    .min(60_000)
    .max(7 * 86_400_000)
    .nullable(),
});
export const commentAlertSchema = z.object({ id: z.string(), text: z.string().trim().min(1).max(4_000) });
export const alertCommentSchema = z.object({
  id: z.string(),
  at: z.string(),
  author: actorSchema,
  text: z.string(),
});

/** Where the telling of an alert stands at a stage: passed on, or held with a reason (and until when, if known). */
export const tellingStages = [
  "route",
  "group",
  "inhibit",
  "silence",
  "snooze",
  "quiet-hours",
  "recovery",
  "deduplicate",
  "throttle",
  "escalate",
  "outbox",
] as const;
export const tellingStageSchema = z.enum(tellingStages);
export type TellingStage = z.infer<typeof tellingStageSchema>;
export const alertStepSchema = z.object({
  at: z.string(),
  stage: tellingStageSchema,
  outcome: z.enum(["passed", "held", "dropped"]),
  reason: z.string(),
  until: z.string().nullable(),
});
export type AlertStep = z.infer<typeof alertStepSchema>;
