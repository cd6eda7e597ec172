/**
 * The most dangerous acts, each of which takes a second factor of the last ten minutes: what makes somebody mighty, what
 * shuts somebody out, and what lets somebody in for good. A verb names its act when it demands the factor, and a test
 * tries every one of them. What is done by settings alone (single sign-on, its map of roles, the secret) is not here.
 */
export const dangerousActs = {
  "user.make-admin": "Making an admin",
  "user.change-role": "Changing somebody's role",
  "user.disable": "Switching somebody off",
  "user.delete": "Deleting somebody",
  "user.set-password": "Setting somebody's password",
  "user.import": "Importing people",
  "user.remove-factors": "Removing somebody's second factor",
  "invitation.make-admin": "Inviting an admin",
  "invitation.renew-admin": "Sending the invitation of an admin again",
  "token.make-admin": "Making a token of an admin",
  "device.approve-as-admin": "Letting a program act as an admin",
  "client.make-admin": "Making a machine client with the role of an admin",
  "client.rotate": "Changing the secret of a machine client",
  "signing-key.rotate": "Changing the key that signs access tokens",
  "factor.set-policy": "Changing who must have a second factor",
  "factor.remove-app": "Removing your authenticator app",
  "passkey.add": "Adding a passkey",
  "passkey.remove": "Removing a passkey",
  "recovery-codes.make": "Making recovery codes",
} as const;
export type DangerousAct = keyof typeof dangerousActs;
