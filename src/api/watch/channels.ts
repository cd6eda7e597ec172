import { z } from "zod";
import {
  changeChannelSchema,
  channelSchema,
  channelTestSchema,
  createChannelSchema,
} from "@/contracts/watch/channel";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  listChannels,
  testChannel,
} from "@/domain/watch/channels";
import { procedure, router } from "../trpc";

const oneSchema = z.object({ id: z.string() });

/** Channels: where messages go. Addresses go in and never come out. */
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
    .output(channelSchema)
    .mutation(({ ctx, input }) => createChannel(ctx, input)),
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
    .mutation(({ ctx, input }) => changeChannel(ctx, input)),
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
      const { out, env } = ctx.runtime;
      return testChannel(ctx, { out, consoleUrl: env.url }, input.id);
    }),
});
