import { z } from "zod";
import { pageQuerySchema } from "@/contracts/kernel/page";
import { cleanText } from "@/contracts/kernel/text";
import { alertStateSchema } from "./alert";
import { conditionKindSchema } from "./condition";
import { severitySchema } from "./rule";

const idSchema = z.string().max(64);

/** `GET /v1/alerts`: firing ones first, each part newest first. Absent fields narrow nothing. */
export const alertsQuerySchema = pageQuerySchema.extend({
  state: alertStateSchema.optional(),
  severity: severitySchema.optional(),
  kind: conditionKindSchema.optional(),
  ruleId: idSchema.optional(),
  agentId: idSchema.optional(),
  group: z.string().max(120).transform(cleanText).optional(),
  acknowledged: z.boolean().optional(),
  /** A person's id, `me`, or `nobody`. */
  assignedTo: idSchema.optional(),
  /**
   * Assigned to whoever asks, or acknowledged by them. An acknowledgement keeps a name alone, so two people of one name
   * are told apart by the assignment only. `false`: the other ones.
   */
  mine: z.boolean().optional(),
  /**
   * Firing, but not told at this moment: a silence fits it, it is snoozed, or another alert speaks for it and nobody was told
   * before. `false`: the other firing ones.
   */
  muted: z.boolean().optional(),
  /** A part of the subject's name, the rule's, the group, the host or the summary. */
  q: z.string().trim().max(100, "must be at most 100 characters").transform(cleanText).optional(),
});
export type AlertsQuery = z.infer<typeof alertsQuerySchema>;

/** `GET /v1/alerts/pending`: newest first. */
export const pendingAlertsQuerySchema = pageQuerySchema.extend({
  ruleId: idSchema.optional(),
  agentId: idSchema.optional(),
});
export type PendingAlertsQuery = z.infer<typeof pendingAlertsQuerySchema>;

/** `GET /v1/alerts/assignees`: who can be asked to take care of an alert. */
export const assigneesSchema = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string() })),
  nextCursor: z.null(),
});

/** So many alerts are named by their ids at most: those of a whole fleet, so that a list can tell them apart. */
export const mostNamed = 10_000;

/** `GET /v1/alerts/inhibited`: firing alerts that are not told now because another one speaks for them, by what does. */
export const inhibitedAlertsSchema = z.object({
  /** The inhibition's name. */
  by: z.string(),
  /** What speaks for them. */
  source: z.string(),
  /** Null while it fires. It is over: those who do not come back are told of then, later if others still do. */
  until: z.string().nullable(),
  matching: z.number().int(),
  /** Ids of 10,000 of them, the most severe and newest first. */
  fits: z.array(z.string()),
});
export type InhibitedAlerts = z.infer<typeof inhibitedAlertsSchema>;
