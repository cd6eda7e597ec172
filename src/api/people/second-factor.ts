import { z } from "zod";
import { passkeyRequestSchema } from "@/contracts/people/passkey";
import {
  finishLoginSchema,
  recoverSchema,
  recoveryCodesSchema,
  secondFactorPolicySchema,
  secondFactorSchema,
  stepUpSchema,
  ticketSchema,
  totpCodeSchema,
  totpSecretSchema,
} from "@/contracts/people/second-factor";
import { passwordSchema, userSchema } from "@/contracts/people/user";
import { relyingPartyOf } from "@/domain/people/passkeys";
import {
  askPasskeyForLogin,
  askPasskeyForStepUp,
  beginTotp,
  confirmTotp,
  findSecondFactor,
  finishLogin,
  makeRecoveryCodes,
  proofOf,
  recover,
  removeTotp,
  requiredRoles,
  requireSecondFactor,
  stepUp,
} from "@/domain/people/second-factor";
import type { ApiCtx } from "../context";
import { procedure, router } from "../trpc";

const tags = ["auth"];
const done = z.object({ ok: z.literal(true) });
const party = (ctx: ApiCtx) => relyingPartyOf(ctx.runtime.env.url);
const own = { access: "signed-in", beforeEnrolment: true } as const;

/** Authenticator apps, recovery codes, the fresh code before dangerous acts, and who must have a second factor. */
export const secondFactorRouter = router({
  get: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/auth/second-factor",
        summary: "How one's account is protected",
        tags,
      },
      ...own,
    })
    .input(z.object({}).prefault({}))
    .output(secondFactorSchema)
    .query(({ ctx }) => findSecondFactor(ctx)),

  finishLogin: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/second-factor",
        summary: "Finish a sign-in by its ticket and a code or passkey; the answer sets the cookie",
        tags,
      },
      access: "public",
    })
    .input(finishLoginSchema)
    .output(z.object({ user: userSchema }))
    .mutation(async ({ ctx, input }) => {
      const proof = proofOf(input, () => party(ctx));
      const { user, token } = await finishLogin(ctx, { ticket: input.ticket, ...proof }, ctx, ctx.attempts);
      ctx.setCookie(ctx.cookies.carrying(token));
      return { user };
    }),

  askPasskey: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/second-factor/passkey",
        summary: "What the browser needs to show a passkey as the second factor of a sign-in",
        tags,
      },
      access: "public",
    })
    .input(z.object({ ticket: ticketSchema }))
    .output(passkeyRequestSchema)
    .mutation(({ ctx, input }) => askPasskeyForLogin(ctx, input.ticket, party(ctx))),

  begin: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/totp",
        summary: "Begin to set up an authenticator app: secret and QR code",
        tags,
      },
      ...own,
    })
    .input(z.object({}).prefault({}))
    .output(totpSecretSchema)
    .mutation(({ ctx }) => beginTotp(ctx)),

  confirm: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/totp/confirm",
        summary: "Switch the app on by a code of it; shows ten recovery codes, once",
        tags,
      },
      ...own,
    })
    .input(z.object({ code: totpCodeSchema }))
    .output(recoveryCodesSchema)
    .mutation(({ ctx, input }) => confirmTotp(ctx, input.code, ctx.attempts)),

  remove: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/auth/totp",
        summary: "Remove one's authenticator app; takes a fresh code",
        tags,
      },
      access: "signed-in",
    })
    .input(z.object({}).prefault({}))
    .output(done)
    .mutation(async ({ ctx }) => {
      await removeTotp(ctx);
      return { ok: true as const };
    }),

  stepUp: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/step-up",
        summary: "Show a fresh code or passkey: dangerous acts are open for ten minutes",
        tags,
      },
      access: "signed-in",
    })
    .input(stepUpSchema)
    .output(z.object({ freshUntil: z.string() }))
    .mutation(({ ctx, input }) =>
      stepUp(
        ctx,
        proofOf(input, () => party(ctx)),
        ctx,
        ctx.attempts,
      ),
    ),

  askPasskeyForStepUp: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/step-up/passkey",
        summary: "What the browser needs to show a passkey as the fresh factor",
        tags,
      },
      access: "signed-in",
    })
    .input(z.object({}).prefault({}))
    .output(passkeyRequestSchema)
    .mutation(({ ctx }) => askPasskeyForStepUp(ctx, party(ctx))),

  makeRecoveryCodes: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/recovery-codes",
        summary: "Ten new recovery codes, shown once; the old ones are void",
        tags,
      },
      access: "signed-in",
    })
    .input(z.object({ current: passwordSchema.optional() }))
    .output(recoveryCodesSchema)
    .mutation(({ ctx, input }) => makeRecoveryCodes(ctx, input.current, ctx.attempts)),

  recover: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/recover",
        summary: "A new password by a recovery code; the answer sets the cookie",
        tags,
      },
      access: "public",
    })
    .input(recoverSchema)
    .output(z.object({ user: userSchema }))
    .mutation(async ({ ctx, input }) => {
      const { user, token } = await recover(ctx, input, ctx, ctx.attempts);
      ctx.setCookie(ctx.cookies.carrying(token));
      return { user };
    }),

  policy: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/settings/second-factor",
        summary: "Roles that must have a second factor",
        tags: ["settings"],
      },
      access: "settings:manage",
    })
    .input(z.object({}).prefault({}))
    .output(secondFactorPolicySchema)
    .query(async ({ ctx }) => ({ requiredFor: await requiredRoles(ctx.db.orm, ctx.account) })),

  setPolicy: procedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/settings/second-factor",
        summary: "Set which roles must have a second factor",
        tags: ["settings"],
      },
      access: "settings:manage",
    })
    .input(secondFactorPolicySchema)
    .output(secondFactorPolicySchema)
    .mutation(async ({ ctx, input }) => ({ requiredFor: await requireSecondFactor(ctx, input.requiredFor) })),
});
