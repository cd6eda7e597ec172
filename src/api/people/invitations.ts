import { z } from "zod";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import {
  acceptInvitationSchema,
  createInvitationSchema,
  invitationSchema,
  lookAtInvitationSchema,
  mailStateSchema,
  renewInvitationSchema,
  seenInvitationSchema,
  sentInvitationSchema,
} from "@/contracts/people/invitation";
import { registeredSchema } from "@/contracts/people/setup";
import {
  acceptInvitation,
  createInvitation,
  findInvitations,
  lookAtInvitation,
  renewInvitation,
  revokeInvitation,
} from "@/domain/people/invitations";
import { beginSession } from "@/domain/people/sessions";
import { userOf } from "@/domain/people/users";
import { procedure, router } from "../trpc";
import { postOf } from "./post";

const tags = ["users"];
const access = "users:manage" as const;

/** Inviting people by a link with a role; the last two are for whoever holds such a link. */
export const invitationsRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/invitations", summary: "Invitations, the newest first", tags },
      access,
    })
    .input(pageQuerySchema.prefault({}))
    .output(pageOf(invitationSchema).extend({ mail: mailStateSchema }))
    .query(async ({ ctx, input }) => {
      const { mailer } = ctx.runtime;
      return {
        ...(await findInvitations(ctx, input)),
        mail: { on: mailer.on, lastFailure: mailer.lastFailure() },
      };
    }),

  create: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/invitations",
        summary: "Invite an address; the link is told this once, and mailed when mail is on",
        tags,
      },
      access,
      successStatus: 201,
    })
    .input(createInvitationSchema)
    .output(sentInvitationSchema)
    .mutation(({ ctx, input }) => createInvitation(ctx, input, postOf(ctx))),

  renew: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/invitations/{id}/send",
        summary: "Send an invitation again with a new link; the old link is void",
        tags,
      },
      access,
    })
    .input(renewInvitationSchema)
    .output(sentInvitationSchema)
    .mutation(({ ctx, input }) => renewInvitation(ctx, input, postOf(ctx))),

  revoke: procedure
    .meta({
      openapi: { method: "DELETE", path: "/invitations/{id}", summary: "Revoke an invitation at once", tags },
      access,
    })
    .input(z.object({ id: z.string().max(64) }))
    .output(invitationSchema)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input.id)),

  look: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/invitations/look",
        summary: "For whom the link of an invitation is",
        tags,
      },
      access: "public",
    })
    .input(lookAtInvitationSchema)
    .output(seenInvitationSchema)
    .mutation(({ ctx, input }) => lookAtInvitation(ctx, input.token, ctx, ctx.attempts)),

  accept: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/invitations/accept",
        summary:
          "Make one's account by an invitation; the answer sets the cookie and shows recovery codes, once",
        tags,
      },
      access: "public",
      successStatus: 201,
    })
    .input(acceptInvitationSchema)
    .output(registeredSchema)
    .mutation(async ({ ctx, input }) => {
      const { user, recoveryCodes } = await acceptInvitation(ctx, input, ctx, ctx.attempts);
      ctx.setCookie(ctx.cookies.carrying(await beginSession(ctx, user, ctx, { cameBy: "invitation" })));
      return { user: userOf(user), recoveryCodes };
    }),
});
