/** The policy: who is told what and when. One document an account, changed as a whole, every version kept. */
export { changePolicy, restorePolicy } from "./change-policy";
export { ensureDefaultPolicies } from "./ensure-default-policy";
export { getPolicy, listPolicyVersions, policyInForce } from "./find-policy";
export { previewRouting } from "./preview-routing";
