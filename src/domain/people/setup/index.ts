/** The first owner: by a one-time code that the server prints, or from the environment. */
export { ensureOwner, setUp } from "./make-owner";
export { isSetupNeeded, prepareSetup, setupCodeFile } from "./setup-code";
