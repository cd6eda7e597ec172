import { z } from "zod";
import { signedInProgramSchema } from "@/contracts/people/oauth";
import { findOwnPrograms, revokeProgram } from "@/domain/people/oauth";
import { procedure, router } from "../trpc";

const tags = ["auth"];

/** Programs that one let in by the device flow, such as `mc login`, and signing them out from here. */
export const programsRouter = router({
  list: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/auth/programs",
        summary: "Programs that are signed in as oneself",
        tags,
      },
      access: "signed-in",
    })
    .input(z.object({}).prefault({}))
    .output(z.object({ items: z.array(signedInProgramSchema) }))
    .query(async ({ ctx }) => ({ items: await findOwnPrograms(ctx, ctx.family) })),

  revoke: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/auth/programs/{id}",
        summary: "Sign a program out at once, with every token that it has",
        tags,
      },
      access: "signed-in",
    })
    .input(z.object({ id: z.string().max(64) }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await revokeProgram(ctx, input.id);
      return { ok: true as const };
    }),
});
