import { z } from "zod";
import { passwordSchema } from "@/contracts/people/user";

/**
 * `POST /v1/auth/sso/link`: joins a local account with the sign-in of the same verified address. `token` came behind
 * the `#` of the page `/link` and holds for ten minutes; `password` is that of the local account.
 */
export const linkSsoSchema = z.object({
  token: z.string().min(1, "must not be empty").max(200, "is not of this kind"),
  password: passwordSchema,
});
