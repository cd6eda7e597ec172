import { z } from "zod";
import { linkSsoSchema } from "@/contracts/people/sso";
import { userSchema } from "@/contracts/people/user";
import { linkSso } from "@/domain/people/sso";
import { procedure, router } from "../trpc";

/** What single sign-on asks of a page; the visits themselves are answered beside the procedures. */
export const ssoRouter = router({
  link: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/sso/link",
        summary: "Join a local account with single sign-on by its password; the answer sets the cookie",
        tags: ["auth"],
      },
      access: "public",
    })
    .input(linkSsoSchema)
    .output(z.object({ user: userSchema, to: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { user, to, session } = await linkSso(ctx, input, ctx, ctx.attempts);
      ctx.setCookie(ctx.cookies.carrying(session));
      return { user, to };
    }),
});
