/** Lines of agents: stored once however often they are sent, read newest first, dropped by the day. */
export { appendLines } from "./append-lines";
export { downloadLines } from "./download-lines";
export { findLines, type LinesQuery } from "./find-lines";
export type { LineFinds, LineWatch } from "./line-watch";
export { LogGate, type LogGateOptions } from "./log-gate";
