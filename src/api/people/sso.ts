import { z } from "zod";
import { secondFactorNextSchema } from "@/contracts/people/second-factor";
import { issuerReportSchema, linkSsoSchema, ssoConfigurationSchema } from "@/contracts/people/sso";
import { userSchema } from "@/contracts/people/user";
import { relyingPartyOf } from "@/domain/people/passkeys";
import { proofOf } from "@/domain/people/second-factor";
import { linkSso, showSso, tryIssuer } from "@/domain/people/sso";
import { procedure, router } from "../trpc";

/** What single sign-on asks of a page; the visits themselves are answered beside the procedures. */
export const ssoRouter = router({
  show: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/auth/sso",
        summary: "How single sign-on is set up, and which groups give which role; null when it is not",
        tags: ["auth"],
      },
      access: "settings:manage",
    })
    .input(z.object({}).prefault({}))
    .output(z.object({ configuration: ssoConfigurationSchema.nullable() }))
    .query(({ ctx }) => ({ configuration: showSso(ctx, ctx.runtime.sso) })),

  test: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/sso/test",
        summary: "Try the identity provider: its document, keys, clock, and whether it knows this program",
        tags: ["auth"],
      },
      access: "settings:manage",
    })
    .input(z.object({}).prefault({}))
    .output(issuerReportSchema)
    .mutation(({ ctx }) => tryIssuer(ctx, ctx.runtime.sso)),

  link: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/sso/link",
        summary:
          "Join a local account with single sign-on by its password and second factor; the answer sets the cookie",
        tags: ["auth"],
      },
      access: "public",
    })
    .input(linkSsoSchema)
    .output(z.union([z.object({ user: userSchema, to: z.string() }), secondFactorNextSchema]))
    .mutation(async ({ ctx, input: { token, password, ...shown } }) => {
      const hasShown = shown.code !== undefined || shown.passkey !== undefined;
      const proof = hasShown ? proofOf(shown, () => relyingPartyOf(ctx.runtime.env.url)) : null;
      const answer = await linkSso(ctx, { token, password, proof }, ctx, ctx.attempts);
      if ("next" in answer) return answer;
      ctx.setCookie(ctx.cookies.carrying(answer.session));
      return { user: answer.user, to: answer.to };
    }),
});
