import { z } from "zod";
import { pageQuerySchema } from "@/contracts/kernel/page";
import { inboxSchema, readInboxSchema } from "@/contracts/watch/inbox";
import { listInbox, readInbox } from "@/domain/watch/inbox";
import { procedure, router } from "../trpc";

/** The console's own inbox. Each person sees what is for their role, and reads for themselves. */
export const inboxRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/inbox", summary: "List messages of the inbox", tags: ["inbox"] },
      access: "board:read",
    })
    .input(pageQuerySchema)
    .output(inboxSchema)
    .query(({ ctx, input }) => listInbox(ctx, input)),
  read: procedure
    .meta({
      openapi: { method: "POST", path: "/inbox/read", summary: "Say how far you have read", tags: ["inbox"] },
      access: "board:read",
    })
    .input(readInboxSchema)
    .output(z.object({ unread: z.number().int() }))
    .mutation(({ ctx, input }) => readInbox(ctx, input.through)),
});
