import { z } from "zod";
import { passwordSchema } from "@/contracts/people/user";

/** How long a link that was mailed sets a password. */
export const resetLinkMs = 30 * 60_000;

/** `POST /v1/auth/password/forgot`. `identifier` is the e-mail address; the answer never tells whether it is known. */
export const forgotPasswordSchema = z.object({
  identifier: z.string().trim().min(1, "must not be empty").max(254),
});

/** The secret of a link, as it stands behind the `#`. Whatever else is there just does not fit. */
export const linkTokenSchema = z.string().trim().min(1, "must not be empty").max(100);

/** `POST /v1/auth/password/reset`: the token of the mailed link and the new password. */
export const resetPasswordSchema = z.object({ token: linkTokenSchema, password: passwordSchema });
