/** API tokens (`mct_…`): long-lived credentials of programs, each bounded by a role. */
export { createToken } from "./create-token";
export { findTokenHolder, weaker } from "./find-token-holder";
export { findTokens, revokeToken } from "./revoke-token";
