/** Client certificates of agents: our own authority, what it issues, and who comes in by one. */
export { adoptCertificate } from "./adopt-certificate";
export { findAgentByCertificate } from "./find-agent-by-certificate";
export { findCertificates } from "./find-certificates";
export { findHeldCertificates } from "./find-held-certificates";
export { issueCertificate } from "./issue-certificate";
export { type ListenerCredentials, type ListenerMaterial, listenerCredentials } from "./listener-credentials";
export { type PresentedCertificate, presentedCertificate } from "./presented";
export { revokeCertificate } from "./revoke-certificate";
export { plainSerial, revokedSerials } from "./revoked-serials";
export { showAuthority } from "./show-authority";
export { tellExpiringCertificates } from "./tell-expiring";
