import { z } from "zod";
import { permissions } from "@/contracts/people/role";
import { secondFactorNextSchema } from "@/contracts/people/second-factor";
import {
  beginSetupSchema,
  registeredSchema,
  setupSchema,
  setupSessionSchema,
} from "@/contracts/people/setup";
import { authStatusSchema, loginSchema, passwordSchema, userSchema } from "@/contracts/people/user";
import { may } from "@/domain/kernel";
import { beginSession, login, logout } from "@/domain/people/sessions";
import { beginSetup, isSetupNeeded, setUp, setupCookie, setupSessionUntil } from "@/domain/people/setup";
import { ssoKind } from "@/domain/people/sso";
import { changeOwnPassword, userOf, userRow } from "@/domain/people/users";
import { procedure, router } from "../trpc";

const tags = ["auth"];
/** Offered, never forced: it ends the sign-in to everything else that goes by the provider. */
const signOutWords =
  "Path that signs out at the identity provider too; null when the session did not come by it.";
const done = z.object({ ok: z.literal(true) });

/** Signing in and out, the first owner, and who is asking. */
export const authRouter = router({
  status: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/auth/status",
        summary: "Who is asking, and whether setup is needed",
        tags,
      },
      access: "public",
    })
    .input(z.object({}).prefault({}))
    .output(authStatusSchema)
    .query(async ({ ctx }) => ({
      setupNeeded: await isSetupNeeded(ctx),
      setupUntil: await setupSessionUntil(ctx, ctx.setupSession),
      user: ctx.actor.kind === "user" ? userOf(await userRow(ctx, ctx.actor.id)) : null,
      mustEnrol: ctx.mustEnrol,
      sso: ssoKind(ctx.runtime.env),
      permissions: permissions.filter((permission) => may(ctx, permission)),
    })),

  login: procedure
    .meta({
      openapi: { method: "POST", path: "/auth/login", summary: "Sign in; the answer sets the cookie", tags },
      access: "public",
    })
    .input(loginSchema)
    .output(z.union([z.object({ user: userSchema }), secondFactorNextSchema]))
    .mutation(async ({ ctx, input }) => {
      const answer = await login(ctx, input, ctx, ctx.attempts);
      if ("next" in answer) return answer;
      ctx.setCookie(ctx.cookies.carrying(answer.token));
      return { user: answer.user };
    }),

  logout: procedure
    .meta({
      openapi: { method: "POST", path: "/auth/logout", summary: "Sign out of this session", tags },
      access: "public",
    })
    .input(z.object({}).prefault({}))
    .output(done.extend({ providerSignOut: z.string().nullable().describe(signOutWords) }))
    .mutation(async ({ ctx }) => {
      const cameBy = await logout(ctx, ctx.sessionId);
      ctx.setCookie(ctx.cookies.ending());
      return { ok: true as const, providerSignOut: cameBy === "sso" ? "/auth/sso/logout" : null };
    }),

  beginSetup: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/setup/session",
        summary: "Give the setup code away for a setup session; the answer sets its cookie",
        tags,
      },
      access: "public",
      successStatus: 201,
    })
    .input(beginSetupSchema)
    .output(setupSessionSchema)
    .mutation(async ({ ctx, input }) => {
      const { env } = ctx.runtime;
      const { token, expiresAt } = await beginSetup(ctx, input.code, ctx, ctx.attempts, env.dataDir);
      ctx.setCookie(setupCookie(ctx, env.url).carrying(token));
      return { expiresAt };
    }),

  setup: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/setup",
        summary: "Make the first owner in a setup session; shows ten recovery codes, once",
        tags,
      },
      access: "public",
      successStatus: 201,
    })
    .input(setupSchema)
    .output(registeredSchema)
    .mutation(async ({ ctx, input }) => {
      const { env } = ctx.runtime;
      const made = await setUp(ctx, input, ctx.setupSession, ctx, ctx.attempts, env.dataDir);
      ctx.setCookie(setupCookie(ctx, env.url).ending());
      ctx.setCookie(ctx.cookies.carrying(await beginSession(ctx, made.owner, ctx, { cameBy: "setup" })));
      return { user: userOf(made.owner), recoveryCodes: made.recoveryCodes };
    }),

  changePassword: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/password",
        summary: "Change one's password; other sessions end",
        tags,
      },
      access: "signed-in",
    })
    .input(z.object({ current: passwordSchema, password: passwordSchema }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await changeOwnPassword(ctx, input, ctx, ctx.attempts);
      return { ok: true as const };
    }),
});
