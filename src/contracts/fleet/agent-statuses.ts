/**
 * Status of an agent as stored and shown. Transitional ones (`restarting`, `stopping`, `updating`) have a deadline
 * and always end; `unknown` means that Mission Control itself cannot know.
 */
export const agentStatuses = [
  "online",
  "restarting",
  "stopping",
  "updating",
  "paused",
  "offline",
  "stopped",
  "unknown",
  "never-connected",
] as const;
