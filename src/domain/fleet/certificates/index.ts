/** Client certificates of agents: our own authority, what it issues, and who comes in by one. */
export { adoptCertificate } from "./adopt-certificate";
export { findAgentByCertificate } from "./find-agent-by-certificate";
export { findCertificates } from "./find-certificates";
export { issueCertificate } from "./issue-certificate";
export { type ListenerCredentials, listenerCredentials } from "./listener-credentials";
export { type PresentedCertificate, presentedCertificate } from "./presented";
export { revokeCertificate } from "./revoke-certificate";
export { showAuthority } from "./show-authority";
