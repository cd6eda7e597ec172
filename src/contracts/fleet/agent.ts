import { z } from "zod";
import { activitySchema, agentStatusSchema } from "@/contracts/fleet/status";
import { lineSchema } from "@/contracts/kernel/text";

/** Name of an agent: unique in its account, shown everywhere. */
export const agentNameSchema = lineSchema(80);
export const groupNameSchema = lineSchema(60);
export const tagSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._:-]{0,39}$/,
    "must be 1 to 40 of a-z, 0-9, . _ : - and start with a letter or digit",
  );
export const tagsSchema = z
  .array(tagSchema)
  .max(20, "at most 20 tags")
  .transform((tags) => [...new Set(tags)]);

/** Resources of an agent's process tree: per cent of one core, and bytes. */
export const metricsSchema = z.object({
  cpuPercent: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  diskUsedBytes: z.number().nullable(),
  diskTotalBytes: z.number().nullable(),
  netRxBytes: z.number().nullable(),
  netTxBytes: z.number().nullable(),
});
export type Metrics = z.infer<typeof metricsSchema>;

/** Why the badge says what it says: the last beat, by which key, from which host, and what decided. */
export const evidenceSchema = z.object({
  lastBeatAt: z.string().nullable(),
  keyPrefix: z.string().nullable(),
  host: z.string().nullable(),
  pid: z.number().nullable(),
  sessionId: z.string().nullable(),
  decidedBy: z.string(),
  silentAfterMs: z.number(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** An agent as the board, the API and facts show it. Times are ISO 8601 in UTC. */
export const agentSchema = z.object({
  id: z.string(),
  name: z.string(),
  group: z.string().nullable(),
  tags: z.array(z.string()),
  status: agentStatusSchema,
  activity: activitySchema.nullable(),
  statusSince: z.string(),
  host: z.string().nullable(),
  pid: z.number().nullable(),
  version: z.string().nullable(),
  sessionId: z.string().nullable(),
  commandLine: z.string().nullable(),
  lastBeatAt: z.string().nullable(),
  progressAt: z.string().nullable(),
  task: z.string().nullable(),
  metrics: metricsSchema,
  evidence: evidenceSchema,
  createdAt: z.string(),
});
export type Agent = z.infer<typeof agentSchema>;

/** `POST /v1/agents`. The answer carries the key, once. */
export const createAgentSchema = z.object({
  name: agentNameSchema,
  group: groupNameSchema.optional(),
  tags: tagsSchema.optional(),
});
export type CreateAgent = z.infer<typeof createAgentSchema>;
export const createdAgentSchema = agentSchema.extend({ key: z.string() });

/** `PATCH /v1/agents/{id}`: absent fields stay; `group: null` takes it out of its group. */
export const changeAgentSchema = z.object({
  id: z.string(),
  name: agentNameSchema.optional(),
  group: groupNameSchema.nullable().optional(),
  tags: tagsSchema.optional(),
});

/** A group with how many agents are in it. */
export const groupSchema = z.object({ id: z.string(), name: z.string(), agents: z.number() });

/** A key without its secret. */
export const agentKeySchema = z.object({
  id: z.string(),
  prefix: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  lastUsedFrom: z.string().nullable().describe("Network address that it was last used from."),
  rotatedAt: z.string().nullable(),
  previous: z
    .object({ prefix: z.string(), endsAt: z.string().nullable() })
    .nullable()
    .describe(
      "The secret before the last rotation, while it is good too; no end: until the new one is used.",
    ),
  revokedAt: z.string().nullable(),
});
export type AgentKey = z.infer<typeof agentKeySchema>;

/** `POST /v1/agents/{id}/keys/{keyId}/rotate`: the key keeps its id and gets a new secret. */
export const rotateKeySchema = z.object({
  overlapMinutes: z
    .number()
    .int()
    .min(0)
    .max(43_200)
    .optional()
    .describe("How long the old secret stays good; not given: until the new one is used; 0: not at all."),
});
export type RotateKey = z.infer<typeof rotateKeySchema>;

/** One line in an agent's timeline: a fact about it, or an activity that it reported. */
export const timelineItemSchema = z.object({
  id: z.string(),
  at: z.string(),
  source: z.enum(["fact", "activity"]),
  kind: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  actor: z.string().nullable(),
});
export type TimelineItem = z.infer<typeof timelineItemSchema>;

/**
 * Mean and peak of one minute; the board's charts and sparklines read these. `netRxBytes` and `netTxBytes`: what came
 * and went in it. `numbers`: those that the agent reports under names of its own.
 */
export const metricMinuteSchema = z.object({
  at: z.string(),
  cpuPercent: z.number().nullable(),
  cpuPeakPercent: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  diskUsedBytes: z.number().nullable(),
  diskTotalBytes: z.number().nullable(),
  netRxBytes: z.number().nullable(),
  netTxBytes: z.number().nullable(),
  numbers: z.record(z.string(), z.number()),
});
export type MetricMinute = z.infer<typeof metricMinuteSchema>;

/** A slice of an agent's past: the worst status in it, `null` when it did not exist yet. */
export const uptimeSliceSchema = z.object({
  from: z.string(),
  to: z.string(),
  status: agentStatusSchema.nullable(),
  stuck: z.boolean(),
});
export const uptimeSchema = z.object({
  slices: z.array(uptimeSliceSchema),
  upPercent: z.number().nullable(),
});

/** A join token without its secret: lets a new host enrol its own agents. */
export const joinTokenSchema = z.object({
  id: z.string(),
  prefix: z.string(),
  group: z.string().nullable(),
  usesLeft: z.number().nullable(),
  expiresAt: z.string(),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
});
export type JoinToken = z.infer<typeof joinTokenSchema>;
export const createJoinTokenSchema = z.object({
  group: groupNameSchema.optional(),
  uses: z.number().int().min(1).max(10_000).optional(),
  expiresInMinutes: z.number().int().min(1).max(525_600).default(60),
});
