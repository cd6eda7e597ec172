/**
 * Agents: what they are (rows that people change), how they stand (`decideStatus`, `changeStatuses`), and what
 * their past says.
 */
export { type AgentRows, agentOf, leastSilentAfterMs } from "./agent-of";
export { type ChangeAgent, changeAgent } from "./change-agent";
export {
  changeStatus,
  changeStatuses,
  changeStatusesIn,
  type StatusChange,
  statusBatchSize,
} from "./change-status";
export { addAgent, createAgent, type NewAgent } from "./create-agent";
export { decideStatus } from "./decide-status";
export { agentRows, findAgent } from "./find-agent";
export { type AgentQuery, findAgents } from "./find-agents";
export { loadBoardAgents } from "./load-board-agents";
export { metricMinutesOf } from "./metric-minutes-of";
export { removeAgent } from "./remove-agent";
export { selectAgents } from "./select-agents";
export type { Decision } from "./status-decision";
export type { SessionInfo, StatusBefore, StatusEvent } from "./status-event";
export { agentTimeline } from "./timeline";
export { uptimeOf } from "./uptime-of";
