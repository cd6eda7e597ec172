/** Alerts: episodes of trouble, begun and ended by rules that read the fact log. */
export { acknowledgeAlert } from "./acknowledge-alert";
export { concernsRules, evaluateFacts, passRulesCursor, rulesCursorSeq } from "./evaluate-facts";
export { type AlertFilter, getAlert, listAlerts } from "./find";
