/** Rules: what is worth an alert, and about whom. `decide` is pure; everything else stores what people chose. */
export { changeRule } from "./change-rule";
export { createRule } from "./create-rule";
export { defaultRuleId, defaultRules } from "./default-rules";
export { deleteRule } from "./delete-rule";
export { duplicateRule } from "./duplicate-rule";
export { ensureDefaultRules } from "./ensure-default-rules";
export { exportRules } from "./file/export-rules";
export { importRules } from "./file/import-rules";
export { getRule, listRules, readRules } from "./find";
export { listRuleVersions } from "./list-versions";
export { restoreRule } from "./restore-rule";
export { draftOf, type RuleRow, ruleOf } from "./view";
