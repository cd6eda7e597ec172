import { z } from "zod";
import { createJoinTokenSchema, joinTokenSchema } from "@/contracts/fleet/agent";
import { safeIdSchema } from "@/contracts/kernel/id";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import { createJoinToken } from "@/domain/fleet/join-tokens/create-join-token";
import { findJoinTokens } from "@/domain/fleet/join-tokens/find-join-tokens";
import { revokeJoinToken } from "@/domain/fleet/join-tokens/revoke-join-token";
import { procedure, router } from "../trpc";
import { done } from "./inputs";

const tags = ["join tokens"];

/** Join tokens let new hosts enrol their own agents. */
export const joinTokensRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/join-tokens", summary: "Join tokens, newest first", tags },
      access: "agents:manage",
    })
    .input(pageQuerySchema.prefault({}))
    .output(pageOf(joinTokenSchema))
    .query(({ ctx, input }) => findJoinTokens(ctx, input)),

  create: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/join-tokens",
        summary: "Make a join token; it is shown this once",
        tags,
      },
      access: "agents:manage",
      successStatus: 201,
    })
    .input(createJoinTokenSchema)
    .output(joinTokenSchema.extend({ token: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const made = await createJoinToken(ctx, input);
      ctx.answerWith(201);
      return made;
    }),

  revoke: procedure
    .meta({
      openapi: { method: "DELETE", path: "/join-tokens/{id}", summary: "Revoke a join token", tags },
      access: "agents:manage",
    })
    .input(z.object({ id: safeIdSchema }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await revokeJoinToken(ctx, input.id);
      return { ok: true as const };
    }),
});
