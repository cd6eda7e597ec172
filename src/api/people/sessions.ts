import { z } from "zod";
import { sessionSchema } from "@/contracts/people/user";
import { endOtherSessions, findOwnSessions, revokeSession } from "@/domain/people/sessions";
import { procedure, router } from "../trpc";

const tags = ["auth"];

/** Where one is signed in, and ending it. */
export const sessionsRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/auth/sessions", summary: "Where one is signed in", tags },
      access: "signed-in",
    })
    .input(z.object({}).prefault({}))
    .output(z.object({ items: z.array(sessionSchema) }))
    .query(async ({ ctx }) => ({ items: await findOwnSessions(ctx, ctx.sessionId) })),

  revoke: procedure
    .meta({
      openapi: { method: "DELETE", path: "/auth/sessions/{id}", summary: "End a session at once", tags },
      access: "signed-in",
    })
    .input(z.object({ id: z.string().max(64) }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await revokeSession(ctx, input.id);
      return { ok: true as const };
    }),

  endOthers: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/auth/sessions",
        summary: "End every session of one's own and sign one's programs out, all but the one that asks",
        tags,
      },
      access: "signed-in",
    })
    .input(z.object({}).prefault({}))
    .output(z.object({ ended: z.number().int(), programs: z.number().int() }))
    .mutation(({ ctx }) => endOtherSessions(ctx, ctx)),
});
