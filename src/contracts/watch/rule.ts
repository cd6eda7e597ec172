import { z } from "zod";
import { actorSchema } from "@/contracts/kernel/actor";
import { pageQuerySchema } from "@/contracts/kernel/page";
import { cleanText, lineSchema } from "@/contracts/kernel/text";
import { conditionSchema } from "./condition";
import { labelNameSchema } from "./matcher";
import { timeWindowSchema } from "./time-window";

export const severities = ["info", "warning", "critical"] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

/** Whom a rule watches: everything, the agents of a group, those with a tag, or these. New agents are covered at once. */
export const ruleScopeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("group"), group: lineSchema(120) }),
  z.object({ kind: z.literal("tag"), tag: lineSchema(60) }),
  z.object({ kind: z.literal("agents"), agentIds: z.array(z.string().max(64)).min(1).max(200) }),
]);
export type RuleScope = z.infer<typeof ruleScopeSchema>;

/** What a rule makes of nothing (`noData`) or of trouble while looking (`onError`): an alert, all well, or as before. */
export const missingRules = ["alert", "ok", "keep"] as const;

const durationMsSchema = z.number().int().min(0).max(86_400_000);

/** What can be said of a rule. Times in ms. */
const words = {
  name: lineSchema(120),
  scope: ruleScopeSchema,
  /** Exceptions from the scope. */
  except: z.array(ruleScopeSchema).max(50),
  condition: conditionSchema,
  /** The trouble has to last so long before it fires: `pending` until then. */
  forMs: durationMsSchema,
  /** It has to be over for so long before it resolves: `recovering` until then. */
  recoverMs: durationMsSchema,
  /** Metric rules: what three whole minutes without a reading count as. */
  noData: z.enum(missingRules),
  onError: z.enum(missingRules),
  /** So many changes within the window: the alert stays firing and is called flapping until it has been calm for one. */
  flap: z
    .object({
      changes: z.number().int().min(2).max(100),
      windowMs: z.number().int().min(60_000).max(86_400_000),
    })
    .nullable(),
  severity: severitySchema,
  /** More labels for routes and silences. */
  labels: z.record(labelNameSchema, lineSchema(120)),
  /** Within these hours nobody is told; who still fires when they end is told then. */
  quiet: z.array(timeWindowSchema).max(10),
  /** Channels told directly; empty: the routes decide. */
  channelIds: z.array(z.string().max(64)).max(50),
  /** What to do about it: shown with the alert and in its messages. */
  runbook: z.string().transform(cleanText).pipe(z.string().trim().max(2_000)).nullable(),
  enabled: z.boolean(),
};

export const ruleSchema = z.object({
  id: z.string(),
  /** Counts up with each change; the history holds every one with its author. */
  version: z.number().int(),
  ...words,
  createdAt: z.string(),
  changedAt: z.string(),
});
export type Rule = z.infer<typeof ruleSchema>;

/** A rule in the list: with who made its newest version. */
export const listedRuleSchema = ruleSchema.extend({ changedBy: actorSchema });
export type ListedRule = z.infer<typeof listedRuleSchema>;

/** A rule without its identity: what an editor holds, a file says, a rehearsal judges. */
export const ruleDraftSchema = z.object({
  ...words,
  except: words.except.default([]),
  forMs: words.forMs.default(0),
  recoverMs: words.recoverMs.default(0),
  noData: words.noData.default("keep"),
  onError: words.onError.default("keep"),
  flap: words.flap.default({ changes: 6, windowMs: 600_000 }),
  labels: words.labels.default({}),
  quiet: words.quiet.default([]),
  channelIds: words.channelIds.default([]),
  runbook: words.runbook.default(null),
  enabled: words.enabled.default(true),
});
export type RuleDraft = z.infer<typeof ruleDraftSchema>;

export const createRuleSchema = ruleDraftSchema;
/** Absent fields stay. `version`: the one that was read; another answers 409, so that nobody overwrites unseen work. */
export const changeRuleSchema = z
  .object(words)
  .partial()
  .extend({ id: z.string(), version: z.number().int().optional() });

/** What saving a rule answers. `hints`: what is odd but allowed, in sentences, such as a group that nobody is in. */
export const savedRuleSchema = ruleSchema.extend({ hints: z.array(z.string()) });
export type SavedRule = z.infer<typeof savedRuleSchema>;

/** One row of a rule's history. `how`: what was done. */
export const ruleVersionSchema = z.object({
  version: z.number().int(),
  at: z.string(),
  author: actorSchema,
  how: z.enum(["created", "changed", "restored", "imported", "duplicated", "deleted"]),
  rule: ruleDraftSchema,
});
export type RuleVersion = z.infer<typeof ruleVersionSchema>;
export const ruleVersionsQuerySchema = pageQuerySchema.extend({ id: z.string() });
/** Makes an old version the newest one. A deleted rule comes back. `version`: which one. */
export const restoreRuleSchema = z.object({ id: z.string(), version: z.number().int().min(1) });
