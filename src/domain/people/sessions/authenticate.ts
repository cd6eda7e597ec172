import type { IncomingHttpHeaders } from "node:http";
import { eq } from "drizzle-orm";
import type { Actor } from "@/contracts/kernel/actor";
import type { Permission, Role } from "@/contracts/people/role";
import { sessions } from "@/db/schema";
import { type Ground, mainAccount, unauthenticated } from "@/domain/kernel";
import { findAccessTokenHolder } from "@/domain/people/oauth/find-access-token-holder";
import { findTokenHolder } from "@/domain/people/tokens";
import { sha256Hex, timingSafeEqualText } from "@/platform/crypto";
import { openSessions, sessionCookies } from "./session-keeper";
import { signInRules } from "./sign-in-rules";

/** Who is asking, as far as the credential tells. */
export type Caller = {
  account: string;
  actor: Actor;
  role: Role | null;
  /** What the credential was made for, when that is less than its role. */
  scopes?: ReadonlySet<Permission>;
  via:
    | "nothing"
    | "cookie"
    | "token"
    | "access-token"
    | "break-glass"
    | "agent-key"
    | "agent-certificate"
    | "join-token";
  /** A join token as presented: nobody yet, but enrolment judges it. */
  joinToken?: string;
  /** The role demands a second factor, and this person has to set one up before anything else. */
  mustEnrol?: boolean;
  /** What an access token of a person came by: ends like a session. */
  family?: string | null;
  /** Id (hash) of the session behind a cookie. */
  sessionId: string | null;
  /** `Set-Cookie` that keeps a session alive which was just prolonged. */
  setCookie: string | null;
};

export type Authenticate = (
  headers: IncomingHttpHeaders,
  bearer?: string,
  /** Network address, for where a credential was last used from. */
  from?: string | null,
) => Promise<Caller>;

export type AuthenticateOptions = {
  /** Public origin; https makes the cookie `Secure`. */
  url: string;
  /** Break-glass token of the environment. */
  apiToken?: string | undefined;
  /** Agent of a valid `mca_…` key, by the key's SHA-256. Agents belong to a later district, hence a function. */
  findAgent?: (
    keyHash: string,
    from: string | null,
  ) => Promise<{ account: string; agentId: string; name: string } | null>;
};

/** `last seen` of a session is a help for people, so it is written once a minute, not on every request. */
const seenEveryMs = 60_000;

/**
 * Tells who is asking by the session cookie or by a bearer: `mct_…` API token, `mca_…` agent key, `mcj_…` join token, an OAuth2 access
 * token (JWT), or the break-glass token. A bearer that fits nothing is refused; a stale cookie is just nobody, so that its owner can sign in again.
 * `bearer` is for socket handshakes, where browsers can't set headers.
 */
export function createAuthenticator(ground: Ground, options: AuthenticateOptions): Authenticate {
  const { db, clock } = ground;
  const cookies = sessionCookies(ground, options.url);
  const lucia = openSessions(db.orm, ground, options.url);

  async function byBearer(secret: string, from: string | null): Promise<Caller> {
    const base = { sessionId: null, setCookie: null };
    if (options.apiToken && timingSafeEqualText(secret, options.apiToken)) {
      const actor: Actor = { kind: "token", id: "break-glass", name: "Break-glass token" };
      return { ...base, account: mainAccount, actor, role: "admin", via: "break-glass" };
    }
    if (secret.startsWith("mct_")) {
      const holder = await findTokenHolder(ground, secret);
      if (holder) return { ...base, ...holder, via: "token" };
    }
    if (secret.startsWith("mcj_")) return { ...nobody, via: "join-token", joinToken: secret };
    if (secret.startsWith("mca_")) {
      const agent = await options.findAgent?.(sha256Hex(secret), from);
      if (agent) {
        const actor: Actor = { kind: "agent", id: agent.agentId, name: agent.name };
        return { ...base, account: agent.account, actor, role: null, via: "agent-key" };
      }
    }
    if (looksLikeJwt(secret)) {
      const holder = await findAccessTokenHolder(ground, options.url, secret);
      if (holder) return { ...base, ...holder, via: "access-token" };
    }
    throw unauthenticated("This credential is not valid: it may be mistyped, expired or revoked.");
  }

  async function byCookie(token: string): Promise<Caller> {
    const { session, user } = await lucia.validateSession(token);
    if (!session || user.row.disabledAt) return nobody;
    const sessionId = sha256Hex(token);
    const now = clock.now();
    const idleMs = signInRules(ground).sessionIdleMs;
    const restedMs = session.lastSeenAt ? now.getTime() - session.lastSeenAt.getTime() : 0;
    // The moment of the last visit is kept to the minute, so the time is over a minute late at most, never early.
    const isIdle = idleMs !== null && restedMs > idleMs + seenEveryMs;
    if (isIdle || (session.endsBy && session.endsBy <= now)) {
      await lucia.invalidateSession(token);
      return nobody;
    }
    if (restedMs > seenEveryMs) {
      await db.orm.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, sessionId));
    }
    return {
      account: session.accountId,
      actor: { kind: "user", id: user.id, name: user.row.name },
      role: user.row.role,
      via: "cookie",
      sessionId,
      // Who came by a passkey or by an identity provider has shown more than a password already.
      mustEnrol: user.lacksFactor && session.cameBy !== "passkey" && session.cameBy !== "sso",
      setCookie: session.fresh ? cookies.carrying(token) : null,
    };
  }

  return async (headers, bearer, from = null) => {
    const [, presented] = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? "") ?? [];
    const secret = bearer ?? presented;
    if (secret) return byBearer(secret, from);
    if (headers.authorization) {
      throw unauthenticated("The Authorization header must be of the form: Bearer <token>.");
    }
    const token = cookies.read(headers.cookie);
    return token ? byCookie(token) : nobody;
  };
}

/** Header, payload and signature, each base64url; the header begins with `{"`. */
const looksLikeJwt = (secret: string) => /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(secret);

export const nobody: Caller = {
  account: mainAccount,
  actor: { kind: "anonymous", id: "anonymous", name: "Not signed in" },
  role: null,
  via: "nothing",
  sessionId: null,
  setCookie: null,
};
