import { z } from "zod";
import { lineSchema } from "@/contracts/kernel/text";

/** Where messages go. `inbox`: the console itself, with browser notifications. */
export const channelKinds = ["teams", "email", "slack", "webhook", "inbox"] as const;
export const channelKindSchema = z.enum(channelKinds);
export type ChannelKind = z.infer<typeof channelKindSchema>;

/** A webhook's address is a secret (it carries its own signature): it is stored sealed and never shown again whole. */
export const webhookUrlSchema = z
  .string()
  .trim()
  .max(2_000)
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    "must be an http or https address",
  );

/** By kind: what a channel needs to send. All of it is stored sealed. */
export const channelConfigSchemas = {
  teams: z.object({ url: webhookUrlSchema }),
  slack: z.object({ url: webhookUrlSchema }),
  email: z.object({ to: z.array(z.email().max(254)).min(1).max(50) }),
  /** `secret` signs: HMAC-SHA256 over `timestamp.body`. Left out, one is made and shown once. */
  webhook: z.object({ url: webhookUrlSchema, secret: z.string().min(16).max(200).optional() }),
  /** Who sees it: everybody, or those with this role or a higher one. */
  inbox: z.object({ role: z.enum(["viewer", "operator", "admin"]).default("viewer") }),
} as const;

/**
 * Words of a message, with `{{name}}` places: `{{title}}`, `{{subject}}`, `{{group}}`, `{{host}}`, `{{severity}}`,
 * `{{rule}}`, `{{summary}}`, `{{since}}`, `{{lasted}}`, `{{lastKnown}}`, `{{runbook}}`, `{{count}}`, `{{state}}`,
 * `{{link}}`, `{{label.x}}`. Values are escaped for the channel. Null: our own words.
 */
export const channelTemplateSchema = z.object({
  title: z.string().trim().min(1).max(300).nullable(),
  body: z.string().trim().min(1).max(4_000).nullable(),
});
export type ChannelTemplate = z.infer<typeof channelTemplateSchema>;

/** Most messages in a minute; what is above waits its turn. Null: the service's own bound only. */
export const perMinuteSchema = z.number().int().min(1).max(240).nullable();

export const channelSchema = z.object({
  id: z.string(),
  kind: channelKindSchema,
  name: z.string(),
  /** Enough to recognise, useless to send with: scheme, host and last four characters, or the addresses' hosts. */
  target: z.string(),
  enabled: z.boolean(),
  template: channelTemplateSchema.nullable(),
  perMinute: perMinuteSchema,
  createdAt: z.string(),
  lastDeliveredAt: z.string().nullable(),
  lastFailure: z.string().nullable(),
  /** The breaker: after failures in a row the channel is only tried again at this moment. */
  brokenUntil: z.string().nullable(),
  failuresInRow: z.number().int(),
  /** Messages to it that wait for a try, and those of the last 7 days that were tried and given up. */
  waiting: z.number().int(),
  givenUp: z.number().int(),
});
export type Channel = z.infer<typeof channelSchema>;

const common = {
  name: lineSchema(80),
  template: channelTemplateSchema.nullable().optional(),
  perMinute: perMinuteSchema.optional(),
};
/** A new channel, by kind. */
export const newChannelSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("teams"), config: channelConfigSchemas.teams, ...common }),
  z.object({ kind: z.literal("slack"), config: channelConfigSchemas.slack, ...common }),
  z.object({ kind: z.literal("email"), config: channelConfigSchemas.email, ...common }),
  z.object({ kind: z.literal("webhook"), config: channelConfigSchemas.webhook, ...common }),
  z.object({ kind: z.literal("inbox"), config: channelConfigSchemas.inbox, ...common }),
]);
export type NewChannel = z.infer<typeof newChannelSchema>;
/** The same as one object, which is what an OpenAPI document can say: `config` is that of the kind. */
export const createChannelSchema = z
  .object({ kind: channelKindSchema, config: z.record(z.string(), z.unknown()), ...common })
  .superRefine((wish, check) => {
    for (const { path, message } of newChannelSchema.safeParse(wish).error?.issues ?? [])
      check.addIssue({ code: "custom", path, message });
  });
/** What `POST /v1/channels` answers: the signing secret only here, and only where we made it. */
export const createdChannelSchema = channelSchema.extend({ secret: z.string().nullable() });

/** Absent fields stay. `config` is that of the channel's own kind, whole. */
export const changeChannelSchema = z.object({
  id: z.string(),
  name: lineSchema(80).optional(),
  enabled: z.boolean().optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  template: channelTemplateSchema.nullable().optional(),
  perMinute: perMinuteSchema.optional(),
});

/**
 * `POST /v1/channels/{id}/test`: the request that really left (its address and signature masked) and the service's
 * real answer, cut to 1,000 characters. `status` 0: no answer came. `left` false: nothing left this server at all, and
 * `answer` says why.
 */
export const channelTestSchema = z.object({
  delivered: z.boolean(),
  left: z.boolean(),
  status: z.number(),
  answer: z.string(),
  attempts: z.number(),
  tookMs: z.number(),
  request: z.object({ summary: z.string(), headers: z.record(z.string(), z.string()), body: z.string() }),
});
/** `POST /v1/channels/preview`: what a message of this kind would look like with these words. */
export const previewTemplateSchema = z.object({
  kind: channelKindSchema,
  template: channelTemplateSchema.nullable(),
  alertId: z.string().optional(),
});
export const templatePreviewSchema = z.object({ title: z.string(), body: z.string(), request: z.string() });
