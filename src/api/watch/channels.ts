import { z } from "zod";
import {
  changeChannelSchema,
  channelSchema,
  channelTestSchema,
  createChannelSchema,
  createdChannelSchema,
  newChannelSchema,
  previewTemplateSchema,
  templatePreviewSchema,
} from "@/contracts/watch/channel";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  listChannels,
  previewTemplate,
  testChannel,
} from "@/domain/watch/channels";
import { retryChannel } from "@/domain/watch/notifications";
import { procedure, router } from "../trpc";

const oneSchema = z.object({ id: z.string() });

/** Channels: where messages go. Addresses go in and never come out; a secret that we made is shown once. */
export const channelsRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/channels", summary: "List channels", tags: ["channels"] },
      access: "board:read",
    })
    .input(z.object({}))
    .output(z.object({ items: z.array(channelSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ items: await listChannels(ctx), nextCursor: null })),
  create: procedure
    .meta({
      openapi: { method: "POST", path: "/channels", summary: "Add a channel", tags: ["channels"] },
      access: "channels:manage",
      successStatus: 201,
    })
    .input(createChannelSchema)
    .output(createdChannelSchema)
    .mutation(({ ctx, input }) => createChannel(ctx, ctx.runtime.out, newChannelSchema.parse(input))),
  change: procedure
    .meta({
      openapi: {
        method: "PATCH",
        path: "/channels/{id}",
        summary: "Change a channel",
        tags: ["channels"],
      },
      access: "channels:manage",
    })
    .input(changeChannelSchema)
    .output(channelSchema)
    .mutation(({ ctx, input }) => changeChannel(ctx, ctx.runtime.out, input)),
  remove: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/channels/{id}",
        summary: "Delete a channel",
        tags: ["channels"],
      },
      access: "channels:manage",
    })
    .input(oneSchema)
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await deleteChannel(ctx, input.id);
      return { ok: true as const };
    }),
  test: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/channels/{id}/test",
        summary: "Send a test message and show the real answer",
        tags: ["channels"],
      },
      access: "channels:manage",
    })
    .input(oneSchema)
    .output(channelTestSchema)
    .mutation(({ ctx, input }) => {
      const { out, mailer, env } = ctx.runtime;
      return testChannel(ctx, { out, mailer, consoleUrl: env.url }, input.id);
    }),
  retry: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/channels/{id}/retry",
        summary: "Send all messages again that this channel has not taken",
        tags: ["channels"],
      },
      access: "channels:manage",
    })
    .input(oneSchema)
    .output(z.object({ again: z.number().int() }))
    .mutation(({ ctx, input }) => retryChannel(ctx, input.id)),
  preview: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/channels/preview",
        summary: "Show what a message would look like",
        tags: ["channels"],
      },
      access: "channels:manage",
    })
    .input(previewTemplateSchema)
    .output(templatePreviewSchema)
    .mutation(({ ctx, input }) => previewTemplate(ctx, ctx.runtime.env.url, input)),
});
