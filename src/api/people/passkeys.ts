import { z } from "zod";
import {
  beginPasskeySchema,
  passkeyCreationSchema,
  passkeyMadeSchema,
  passkeyNameSchema,
  passkeyRequestSchema,
  passkeySchema,
  passkeyShownSchema,
} from "@/contracts/people/passkey";
import { userSchema } from "@/contracts/people/user";
import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  findOwnPasskeys,
  finishPasskeyRegistration,
  finishPasskeySignIn,
  relyingPartyOf,
  removePasskey,
  renamePasskey,
} from "@/domain/people/passkeys";
import type { ApiCtx } from "../context";
import { procedure, router } from "../trpc";

const tags = ["auth"];
/** Open also to who must set up a second factor first: a passkey is one. */
const own = { access: "signed-in", beforeEnrolment: true } as const;
const idSchema = z.string().max(64);
const party = (ctx: ApiCtx) => relyingPartyOf(ctx.runtime.env.url);

/** One's own passkeys, and signing in with one. */
export const passkeysRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/auth/passkeys", summary: "One's own passkeys", tags },
      ...own,
    })
    .input(z.object({}).prefault({}))
    .output(z.object({ items: z.array(passkeySchema) }))
    .query(async ({ ctx }) => ({ items: await findOwnPasskeys(ctx) })),

  begin: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/passkeys/begin",
        summary: "Begin a new passkey: what the browser needs to make it",
        tags,
      },
      ...own,
    })
    .input(beginPasskeySchema)
    .output(passkeyCreationSchema)
    .mutation(({ ctx, input }) => beginPasskeyRegistration(ctx, input, ctx.attempts, party(ctx))),

  finish: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/passkeys",
        summary: "Keep the passkey that the browser made; the first brings recovery codes, shown once",
        tags,
      },
      ...own,
      successStatus: 201,
    })
    .input(passkeyMadeSchema)
    .output(passkeySchema.extend({ recoveryCodes: z.array(z.string()).nullable() }))
    .mutation(({ ctx, input }) => finishPasskeyRegistration(ctx, input, party(ctx))),

  rename: procedure
    .meta({
      openapi: { method: "PATCH", path: "/auth/passkeys/{id}", summary: "Rename a passkey", tags },
      access: "signed-in",
    })
    .input(z.object({ id: idSchema, name: passkeyNameSchema }))
    .output(passkeySchema)
    .mutation(({ ctx, input }) => renamePasskey(ctx, input)),

  remove: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/auth/passkeys/{id}",
        summary: "Remove a passkey; other sessions end",
        tags,
      },
      access: "signed-in",
    })
    .input(z.object({ id: idSchema }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await removePasskey(ctx, input.id);
      return { ok: true as const };
    }),

  beginSignIn: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/passkey/begin",
        summary: "Begin signing in with a passkey: what the browser needs to ask for it",
        tags,
      },
      access: "public",
    })
    .input(z.object({}).prefault({}))
    .output(passkeyRequestSchema)
    .mutation(({ ctx }) => beginPasskeySignIn(ctx, party(ctx))),

  finishSignIn: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/passkey/finish",
        summary: "Sign in with the passkey that was shown; the answer sets the cookie",
        tags,
      },
      access: "public",
    })
    .input(passkeyShownSchema)
    .output(z.object({ user: userSchema }))
    .mutation(async ({ ctx, input }) => {
      const { user, token } = await finishPasskeySignIn(ctx, input, ctx, ctx.attempts, party(ctx));
      ctx.setCookie(ctx.cookies.carrying(token));
      return { user };
    }),
});
