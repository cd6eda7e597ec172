import { z } from "zod";
import { deviceAskSchema, deviceDecisionSchema, jwksSchema, userCodeSchema } from "@/contracts/people/oauth";
import { decideDeviceGrant, findDeviceAsk, findPublicKeys, rotateSigningKey } from "@/domain/people/oauth";
import { procedure, router } from "../trpc";

const tags = ["oauth"];

/**
 * Keys of access tokens, and a person's part of the device flow. The programs' part has the RFCs' own form and stands
 * in `http/oauth.ts`.
 */
export const oauthRouter = router({
  jwks: procedure
    .meta({
      openapi: { method: "GET", path: "/auth/jwks", summary: "Public keys that sign access tokens", tags },
      access: "public",
    })
    .input(z.object({}).prefault({}))
    .output(jwksSchema)
    .query(({ ctx }) => findPublicKeys(ctx)),

  rotateKey: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/oauth/keys",
        summary: "A new key signs from now on; tokens of the old one run out",
        tags,
      },
      access: "settings:manage",
      successStatus: 201,
    })
    .input(z.object({}).prefault({}))
    .output(z.object({ id: z.string(), createdAt: z.string() }))
    .mutation(({ ctx }) => rotateSigningKey(ctx)),

  findAsk: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/oauth/device",
        summary: "What waits for the code that a person read on a device",
        tags,
      },
      access: "signed-in",
    })
    .input(z.object({ code: userCodeSchema }))
    .output(deviceAskSchema)
    .mutation(({ ctx, input }) => findDeviceAsk(ctx, ctx.sessionId, input.code, ctx.attempts)),

  decide: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/oauth/device/decision",
        summary: "Let the device in, or refuse",
        tags,
      },
      access: "signed-in",
    })
    .input(deviceDecisionSchema)
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await decideDeviceGrant(ctx, ctx.sessionId, input);
      return { ok: true as const };
    }),
});
