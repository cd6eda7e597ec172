/** API tokens (`mct_…`): long-lived credentials of programs, each bounded by a role. */
export { createToken } from "./create-token";
export { demandScopesOfRole } from "./demand-scopes";
export { findTokenHolder, weaker } from "./find-token-holder";
export { findTokens } from "./find-tokens";
export { revokeToken } from "./revoke-token";
