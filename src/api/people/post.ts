import type { Post } from "@/domain/people/password-resets";
import type { ApiCtx } from "../context";

/** How verbs send mail. Links lead to MC_URL: a forged `Host` header must not decide where a secret goes. */
export const postOf = ({ runtime }: ApiCtx): Post => ({
  mailer: runtime.mailer,
  consoleUrl: runtime.env.url,
});
