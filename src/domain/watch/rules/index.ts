/** Rules: what is worth an alert, and about whom. `decide` is pure; everything else stores what people chose. */
export { changeRule } from "./change-rule";
export { createRule } from "./create-rule";
export { type Decision, decide, inScope, type Observation, type WatchedAgent } from "./decide";
export { deleteRule } from "./delete-rule";
export { ensureDefaultRules } from "./ensure-default-rules";
export { listRules } from "./find";
