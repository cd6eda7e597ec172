/** Presence: what agents say of themselves, how it becomes durable, and how silence is noticed. */
export type { Admission, AdmittedAgent } from "./admitted-agent";
export { AgentDoor, type DoorOptions } from "./door";
export { Sweep, type SweepOptions } from "./sweep";
export { refused } from "./wire-answers";
