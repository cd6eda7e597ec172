/**
 * OAuth2 for machines and the command line: client credentials, the device flow, rotating refresh tokens, and access
 * tokens of ten minutes whose signatures anybody can check by the JWKS.
 */
export { beginDeviceGrant } from "./begin-device-grant";
export { decideDeviceGrant, findDeviceAsk } from "./decide-device-grant";
export { findClients } from "./find-clients";
export { findOwnPrograms, findProgramsOf } from "./find-programs";
export { giveToken } from "./give-token";
export { makeClient } from "./make-client";
export { revokeRefreshTokens } from "./refresh-tokens";
export { OAuthRefusal } from "./refusal";
export { revokeClient } from "./revoke-client";
export { revokeProgram } from "./revoke-program";
export { revokeRefreshToken } from "./revoke-refresh-token";
export { rotateClient } from "./rotate-client";
export { rotateSigningKey } from "./rotate-signing-key";
export { findPublicKeys } from "./signing-keys";
