import { z } from "zod";
import { linkTokenSchema } from "@/contracts/people/password-reset";
import { roleSchema } from "@/contracts/people/role";
import {
  createUserSchema,
  emailSchema,
  passwordSchema,
  userNameSchema,
  userSchema,
} from "@/contracts/people/user";

/** An invitation as admins see it: never its link, of which only a hash is kept. */
export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  /** Name of whoever invited. */
  invitedBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  acceptedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** Days that the link is good for. */
const lifetimeDays = z.number().int().min(1).max(30).default(7);

/** `POST /v1/invitations`. */
export const createInvitationSchema = z.object({
  email: emailSchema,
  role: roleSchema,
  expiresInDays: lifetimeDays,
});
export type CreateInvitation = z.infer<typeof createInvitationSchema>;

/** `POST /v1/invitations/{id}/send`: a new link; the one before it opens nothing any more. */
export const renewInvitationSchema = z.object({ id: z.string().max(64), expiresInDays: lifetimeDays });

/** `link` is told this once; `mailed`: it is also on its way by mail. */
export const sentInvitationSchema = invitationSchema.extend({ link: z.string(), mailed: z.boolean() });
export type SentInvitation = z.infer<typeof sentInvitationSchema>;

/**
 * `POST /v1/users`: with a password the person can sign in at once; without one an invitation goes out by mail, and its
 * link is answered besides. Then name and password are the person's own choice, and `name` is not kept.
 */
export const addUserSchema = createUserSchema.extend({
  password: passwordSchema.optional(),
  /** Days that the link of an invitation is good for. */
  expiresInDays: lifetimeDays,
});
export type AddUser = z.infer<typeof addUserSchema>;
export const addedUserSchema = z.union([userSchema, sentInvitationSchema]);

/** Whether mail works here, for those who invite. `lastFailure` is null when the newest mail went out. */
export const mailStateSchema = z.object({ on: z.boolean(), lastFailure: z.string().nullable() });

/** `POST /v1/invitations/look`: what the page of a link shows before the person types anything. */
export const lookAtInvitationSchema = z.object({ token: linkTokenSchema });
export const seenInvitationSchema = invitationSchema.pick({
  email: true,
  role: true,
  invitedBy: true,
  expiresAt: true,
});

/** `POST /v1/invitations/accept`: makes the user and signs them in. */
export const acceptInvitationSchema = z.object({
  token: linkTokenSchema,
  name: userNameSchema,
  password: passwordSchema,
});
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>;
