/**
 * Commands: what people ask agents to do. One open command an agent, each sent at least once and done once, every
 * move in the log; `commandMoves` in the contracts is the only table of moves.
 */
export {
  type AgentCommands,
  type CommandedAgent,
  createAgentCommands,
  type SendCommand,
} from "./agent-commands";
export { cancelCommand } from "./cancel-command";
export { claimFor } from "./claim-commands";
export { commandOf } from "./command-of";
export { endLateCommands, expireCommands, giveUpOnLost } from "./end-commands";
export { type CommandQuery, findCommand, findCommands } from "./find-commands";
export { passClockStep } from "./pass-clock-step";
export { reportCommand } from "./report-command";
export { requestCommands } from "./request-commands";
