/** API tokens (`mct_…`): long-lived credentials of programs, each bounded by a role. */
export { createToken } from "./create-token";
export { demandScopesOfRole } from "./demand-scopes";
export { findTokenHolder, weaker } from "./find-token-holder";
export { findTokens, revokeToken } from "./revoke-token";
