/** Passkeys: made and removed by their owner, and a way in without a password or a name. */
export { beginPasskeyRegistration } from "./begin-registration";
export { finishPasskeyRegistration } from "./finish-registration";
export { findOwnPasskeys, removePasskey, renamePasskey } from "./own-passkeys";
export { type RelyingParty, relyingPartyOf } from "./relying-party";
export { beginPasskeySignIn, finishPasskeySignIn } from "./sign-in";
