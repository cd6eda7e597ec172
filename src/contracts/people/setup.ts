import { z } from "zod";
import { recoveryCodesSchema } from "./second-factor";
import { emailSchema, passwordSchema, userNameSchema, usernameSchema, userSchema } from "./user";

/** The one-time code that the server prints at its first start; case and hyphens are forgiven. */
const codeSchema = z.string().trim().min(1, "must not be empty").max(64);

/**
 * `POST /v1/auth/setup/session`: gives the code away for a setup session, which is a cookie of this browser alone and
 * ends after half an hour. The code opens nothing after that.
 */
export const beginSetupSchema = z.object({ code: codeSchema });
export const setupSessionSchema = z.object({ expiresAt: z.string() });

/** `POST /v1/auth/setup`: makes the first owner, in a setup session. A program may send the code here instead. */
export const setupSchema = z.object({
  code: codeSchema.optional(),
  email: emailSchema,
  username: usernameSchema.optional(),
  name: userNameSchema,
  password: passwordSchema,
});
export type NewOwner = z.infer<typeof setupSchema>;

/** Who was made by one's own hand, and the recovery codes, shown this once. */
export const registeredSchema = recoveryCodesSchema.extend({ user: userSchema });
