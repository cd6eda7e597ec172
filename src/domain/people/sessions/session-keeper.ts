import { Lucia, TimeSpan } from "lucia";
import type { Db, Tx } from "@/db/client";
import type { Ground } from "@/domain/kernel";
import { type SessionAttributes, sessionStore, type UserAttributes } from "./session-store";
import { signInRules } from "./sign-in-rules";

const purpose = "session-cookie";

export type SessionCookies = ReturnType<typeof sessionCookies>;

/**
 * lucia over `orm`, which may be a transaction, so that a session and its fact are made together. A session ends when
 * nobody came for its lifetime (`MC_SESSION_TTL_SECONDS`); each visit in its second half gives it a whole one again.
 */
export function openSessions(
  orm: Db["orm"] | Tx,
  ground: Pick<Ground, "clock" | "signIn">,
  url = "http://127.0.0.1",
) {
  const secure = url.startsWith("https:");
  return new Lucia<SessionAttributes, UserAttributes>(sessionStore(orm, ground.clock), {
    sessionExpiresIn: new TimeSpan(signInRules(ground).sessionTtlMs, "ms"),
    // `__Host-` makes browsers refuse the cookie when another host or path tries to set it; it needs https.
    sessionCookie: {
      name: secure ? "__Host-mc_session" : "mc_session",
      attributes: { secure, sameSite: "strict", path: "/" },
    },
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
}

/** The cookie: the session's token sealed with AES-256-GCM, so that a token guessed or leaked elsewhere is no cookie. */
export function sessionCookies(ground: Pick<Ground, "db" | "clock" | "sealer" | "signIn">, url: string) {
  const { sealer } = ground;
  const lucia = openSessions(ground.db.orm, ground, url);
  const opened = (sealed: string): string | null => {
    try {
      return sealer.open(sealed, purpose);
    } catch {
      return null;
    }
  };
  return {
    name: lucia.sessionCookieName,
    /** `Set-Cookie` that carries the token. */
    carrying: (token: string) => lucia.createSessionCookie(sealer.seal(token, purpose)).serialize(),
    /** `Set-Cookie` that takes the cookie away. */
    ending: () => lucia.createBlankSessionCookie().serialize(),
    /**
     * The token in a `Cookie` header, null when there is none or it was not sealed by us. Read here and not by lucia,
     * which decodes every cookie and throws at a neighbour's that is no UTF-8: that one would shut out its owner.
     */
    read(cookieHeader: string | undefined): string | null {
      const own = `${lucia.sessionCookieName}=`;
      for (const pair of (cookieHeader ?? "").split(";")) {
        const text = pair.trim();
        const token = text.startsWith(own) ? opened(text.slice(own.length)) : null;
        if (token !== null) return token;
      }
      return null;
    },
  };
}
