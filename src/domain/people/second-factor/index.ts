/**
 * The second factor: authenticator apps (TOTP), recovery codes, the fresh factor that dangerous acts demand, and
 * which roles must have one. Verbs of other nouns import the single file they need: sessions are made here too.
 */
export { beginTotp } from "./begin-totp";
export { confirmTotp } from "./confirm-totp";
export { demandFreshFactor, freshMs } from "./demand-fresh-factor";
export { findSecondFactor } from "./find-second-factor";
export { finishLogin } from "./finish-login";
export { makeRecoveryCodes } from "./make-recovery-codes";
export { requiredRoles, requireSecondFactor } from "./policy";
export { recover } from "./recover";
export { disableSecondFactor, removeTotp } from "./remove-totp";
export { stepUp } from "./step-up";
