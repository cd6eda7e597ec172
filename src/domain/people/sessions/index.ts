/** Sessions: signing in and out, the sealed cookie, and telling who is asking by any credential. */
export { type Attempts, createAttempts, type LimitName, limitsOf, placeOf } from "./attempts";
export {
  type Authenticate,
  type AuthenticateOptions,
  type Caller,
  createAuthenticator,
  nobody,
} from "./authenticate";
export { beginSession, type Visitor } from "./begin-session";
export { endOtherSessions, logout, revokeSession } from "./end-session";
export { endSessionsOf } from "./end-sessions-of";
export { findOwnSessions, findSessionsOf } from "./find-sessions";
export { login } from "./login";
export { isSameOrigin } from "./same-origin";
export { openSessions, type SessionCookies, sessionCookies } from "./session-keeper";
export { floorMs, unhurried } from "./unhurried";
export { type Visit, Visits } from "./visits";
