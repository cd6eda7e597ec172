/**
 * The second factor: authenticator apps (TOTP), passkeys, recovery codes, the fresh factor that dangerous acts demand, and
 * which roles must have one. Verbs of other nouns import the single file they need: sessions are made here too.
 */
export { askPasskeyForLogin, askPasskeyForStepUp } from "./ask-passkey";
export { beginTotp } from "./begin-totp";
export { confirmTotp } from "./confirm-totp";
export { type DangerousAct, dangerousActs } from "./dangerous-acts";
export { demandFreshFactor, freshMs } from "./demand-fresh-factor";
export { disableSecondFactor } from "./disable-second-factor";
export { findSecondFactor } from "./find-second-factor";
export { finishLogin } from "./finish-login";
export { makeRecoveryCodes } from "./make-recovery-codes";
export { requiredRoles, requireSecondFactor } from "./policy";
export { proofOf } from "./proof";
export { recover } from "./recover";
export { removeSecondFactor } from "./remove-factors";
export { removeTotp } from "./remove-totp";
export { stepUp } from "./step-up";
