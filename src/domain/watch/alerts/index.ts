/** Alerts: episodes of trouble, begun and ended by rules that read the fact log. */
export { acknowledgeAlert, acknowledgeAlerts } from "./acknowledge";
export { assignAlert, assignAlerts, listAssignees } from "./assign";
export { commentAlert } from "./comment";
export { evaluateDue, nextDue } from "./evaluate-due";
export { evaluateFacts, passRulesCursor, rulesCursorSeq } from "./evaluate-facts";
export { evaluateReader } from "./evaluate-reader";
export { pauseBeforeMs } from "./evaluated-before";
export { getAlert, listAlerts } from "./find";
export { judge, judgeDue } from "./judge";
export { listInhibited } from "./list-inhibited";
export { listPending } from "./list-pending";
export { mayMatter } from "./may-matter";
export { blindnessOf, pendingGraceMs } from "./pass-blindness";
export { passClockStep } from "./pass-clock-step";
export { snoozeAlert, snoozeAlerts } from "./snooze";
export { storyOfAlert } from "./story";
export { unacknowledgeAlert, unacknowledgeAlerts } from "./unacknowledge";
export { type AlertRow, alertOf, alertTarget, labelsOf } from "./view";
