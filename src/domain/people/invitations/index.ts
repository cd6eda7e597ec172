/** Invitations: a link with a role, by which a person makes their own account. */
export { acceptInvitation, lookAtInvitation } from "./accept-invitation";
export { addUser } from "./add-user";
export { createInvitation } from "./create-invitation";
export { findInvitations } from "./find";
export { renewInvitation } from "./renew-invitation";
export { revokeInvitation } from "./revoke-invitation";
