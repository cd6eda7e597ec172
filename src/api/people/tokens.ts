import { z } from "zod";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import { apiTokenSchema, createApiTokenSchema } from "@/contracts/people/user";
import { createToken, findTokens, revokeToken } from "@/domain/people/tokens";
import { procedure, router } from "../trpc";

const tags = ["auth"];

/** API tokens of programs. */
export const tokensRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/auth/tokens", summary: "API tokens, without their secrets", tags },
      access: "signed-in",
    })
    .input(pageQuerySchema.prefault({}))
    .output(pageOf(apiTokenSchema))
    .query(({ ctx, input }) => findTokens(ctx, input)),

  create: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/tokens",
        summary: "Make an API token; it is shown this once",
        tags,
      },
      access: "signed-in",
      successStatus: 201,
    })
    .input(createApiTokenSchema)
    .output(apiTokenSchema.extend({ token: z.string() }))
    .mutation(({ ctx, input }) => createToken(ctx, input)),

  revoke: procedure
    .meta({
      openapi: { method: "DELETE", path: "/auth/tokens/{id}", summary: "Revoke an API token at once", tags },
      access: "signed-in",
    })
    .input(z.object({ id: z.string().max(64) }))
    .output(apiTokenSchema)
    .mutation(({ ctx, input }) => revokeToken(ctx, input.id)),
});
