import type { Ctx } from "@/domain/kernel";
import type { Attempts, SessionCookies } from "@/domain/people/sessions";
import type { Runtime } from "@/domain/runtime";

/** What a procedure gets: the verb's context, plus the request as far as procedures may know it. */
export type ApiCtx = Ctx & {
  runtime: Runtime;
  /** Session of the cookie, when that is how the caller came in. */
  sessionId: string | null;
  /** The program that asks, when a person let it in: the family of its refresh tokens. */
  family: string | null;
  /** Whether the caller must set up a second factor before anything else. */
  mustEnrol: boolean;
  /** Join token of the `Authorization` header; only enrolment looks at it. */
  joinToken?: string;
  /** Token of the setup session that this browser's cookie holds; only the setup looks at it. */
  setupSession: string | null;
  ip: string | null;
  userAgent: string | null;
  idempotencyKey: string | null;
  /** Guesses at credentials, limited. */
  attempts: Attempts;
  cookies: SessionCookies;
  /** Sets the status of a REST answer (201 for what was made). */
  answerWith(status: number): void;
  /** Adds a `Set-Cookie` to the answer. */
  setCookie(cookie: string): void;
};
