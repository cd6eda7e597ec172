/** Audit: reading the fact log, and proving that nobody changed it. */
export { chainBadge } from "./chain-badge";
export { findFacts } from "./find-facts";
export { verifyChain } from "./verify-chain";
