/** The first owner, by a one-time code that the server prints or from the environment; and the first steps after it. */
export { ensureOwner, setUp } from "./make-owner";
export { changeOnboarding, findOnboarding } from "./onboarding";
export { isSetupNeeded, prepareSetup, setupCodeFile } from "./setup-code";
export { setupCookie } from "./setup-cookie";
export { beginSetup, setupSessionUntil } from "./setup-session";
