import { z } from "zod";
import { commandKindSchema } from "@/contracts/fleet/command";
import { logLevelSchema } from "@/contracts/fleet/log-line";
import { metricNameSchema } from "@/contracts/fleet/metric-name";
import { lineSchema } from "@/contracts/kernel/text";

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** From 10 s to 7 days: as far back as a rehearsal looks. */
const spanMsSchema = z
  .number()
  .int()
  .min(10_000)
  .max(7 * dayMs);
const countSchema = z.number().int().min(1).max(10_000);

/** What Mission Control can watch of itself. Times in ms, `disk` in percent used, `outbox` in messages. */
export const selfChecks = ["evaluation-lag", "delivery-lag", "event-loop-lag", "outbox", "disk"] as const;
/** What can run out. */
export const expiringThings = ["certificate", "agent-key", "api-token", "join-token"] as const;

/**
 * What is wrong, by kind. All but `expiry`, `outage`, `host-down` and `self` are judged for each agent in scope.
 *
 * - `offline`: fell silent, or closed without a word, although nobody asked it to stop.
 * - `no-heartbeat`: no beat for `afterMs`, whatever the reason, also when it said goodbye by itself.
 * - `stuck`: beats, has work, and made no progress for `afterMs`.
 * - `restart-loop`: came up or crashed `count` times within `windowMs`.
 * - `metric`: the mean of each whole minute is above or below `value`.
 * - `log`: `count` lines within `windowMs` that hold `pattern` (without case; `regex`: an RE2 expression) at `level` or worse.
 * - `command-failed`: `count` commands (of `kinds`; empty: any) failed or expired within `windowMs`.
 * - `config-drift`: what the agent runs with is not what it was told for `afterMs`, or it refused it.
 * - `expiry`: ends within `withinMs`.
 * - `outage`: at least `percent` of the agents in scope, and at least `atLeast` of them, are offline.
 * - `host-down`: every agent of a host is offline, and it has at least `atLeast`.
 * - `self`: Mission Control's own health is above `value`.
 */
export const conditionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("offline") }),
  z.object({ kind: z.literal("no-heartbeat"), afterMs: spanMsSchema }),
  z.object({ kind: z.literal("stuck"), afterMs: spanMsSchema }),
  z.object({ kind: z.literal("restart-loop"), count: countSchema, windowMs: spanMsSchema }),
  z.object({
    kind: z.literal("metric"),
    metric: metricNameSchema,
    op: z.enum(["above", "below"]),
    value: z.number().finite(),
  }),
  z.object({
    kind: z.literal("log"),
    level: logLevelSchema,
    pattern: lineSchema(300),
    regex: z.boolean().default(false),
    count: countSchema,
    windowMs: spanMsSchema,
  }),
  z.object({
    kind: z.literal("command-failed"),
    kinds: z.array(commandKindSchema).max(10).default([]),
    count: countSchema,
    windowMs: spanMsSchema,
  }),
  z.object({ kind: z.literal("config-drift"), afterMs: spanMsSchema }),
  z.object({
    kind: z.literal("expiry"),
    of: z.array(z.enum(expiringThings)).min(1).max(4),
    withinMs: z
      .number()
      .int()
      .min(minuteMs)
      .max(365 * dayMs),
  }),
  z.object({ kind: z.literal("outage"), percent: z.number().min(1).max(100), atLeast: countSchema }),
  z.object({ kind: z.literal("host-down"), atLeast: countSchema }),
  z.object({ kind: z.literal("self"), check: z.enum(selfChecks), value: z.number().finite().min(0) }),
]);
export type Condition = z.infer<typeof conditionSchema>;
export type ConditionKind = Condition["kind"];
export const conditionKinds = conditionSchema.options.map((option) => option.shape.kind.value) as [
  ConditionKind,
  ...ConditionKind[],
];
export const conditionKindSchema = z.enum(conditionKinds);
