/** Single sign-on by OpenID Connect: who the identity provider vouches for, and what that opens here. */
export { beginSso } from "./begin";
export { stateCookie } from "./browser-state";
export { finishSso, type SsoOutcome } from "./finish";
export { linkSso } from "./link";
export { SsoRefusal } from "./refusal";
export { renewSsoSessions } from "./renew";
export { type SsoSettings, ssoKind, ssoSettings } from "./settings";
export { showSso } from "./show-sso";
export { signOutAtProvider } from "./sign-out";
export { createSso, openSso, type Sso } from "./sso";
export { tryIssuer } from "./try-issuer";
