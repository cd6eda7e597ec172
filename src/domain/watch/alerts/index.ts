/** Alerts: episodes of trouble, begun and ended by rules that read the fact log. */
export { acknowledgeAlert, acknowledgeAlerts } from "./acknowledge";
export { assignAlert, assignAlerts, listAssignees } from "./assign";
export { commentAlert } from "./comment";
export { concernsRules, evaluateFacts, passRulesCursor, rulesCursorSeq } from "./evaluate-facts";
export { getAlert, listAlerts } from "./find";
export { listPending } from "./list-pending";
export { snoozeAlert, snoozeAlerts } from "./snooze";
export { storyOfAlert } from "./story";
export { unacknowledgeAlert, unacknowledgeAlerts } from "./unacknowledge";
