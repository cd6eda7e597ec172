import { z } from "zod";
import { forgotPasswordSchema, resetPasswordSchema } from "@/contracts/people/password-reset";
import { askPasswordReset, resetPasswordByLink } from "@/domain/people/password-resets";
import { procedure, router } from "../trpc";
import { postOf } from "./post";

const tags = ["auth"];
const done = z.object({ ok: z.literal(true) });

/** A forgotten password: for people who can't sign in, so anyone may ask. */
export const passwordResetsRouter = router({
  ask: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/password/forgot",
        summary: "Mail a link that sets a new password; the same answer whether the address is known",
        tags,
      },
      access: "public",
    })
    .input(forgotPasswordSchema)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await askPasswordReset(ctx, input, ctx, ctx.attempts, postOf(ctx));
      return { ok: true as const };
    }),

  use: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/password/reset",
        summary: "Set a new password by a mailed link; every session ends",
        tags,
      },
      access: "public",
    })
    .input(resetPasswordSchema)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await resetPasswordByLink(ctx, input, ctx, ctx.attempts);
      return { ok: true as const };
    }),
});
