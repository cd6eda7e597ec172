import { z } from "zod";
import { lineSchema } from "@/contracts/kernel/text";

/** Where messages go. More kinds follow (e-mail, Slack, signed webhook). */
export const channelKinds = ["teams"] as const;
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

export const channelSchema = z.object({
  id: z.string(),
  kind: channelKindSchema,
  name: z.string(),
  /** Scheme, host and the last four characters: enough to recognise, useless to send with. */
  target: z.string(),
  enabled: z.boolean(),
  createdAt: z.string(),
  lastDeliveredAt: z.string().nullable(),
  lastFailure: z.string().nullable(),
});
export type Channel = z.infer<typeof channelSchema>;

export const createChannelSchema = z.object({
  kind: channelKindSchema,
  name: lineSchema(80),
  config: z.object({ url: webhookUrlSchema }),
});
export const changeChannelSchema = z.object({
  id: z.string(),
  name: lineSchema(80).optional(),
  enabled: z.boolean().optional(),
  config: z.object({ url: webhookUrlSchema }).optional(),
});

/** `POST /v1/channels/{id}/test`: the service's real answer, cut to 1,000 characters. `status` 0: no answer came. */
export const channelTestSchema = z.object({
  delivered: z.boolean(),
  status: z.number(),
  answer: z.string(),
  attempts: z.number(),
  tookMs: z.number(),
});
