import { z } from "zod";
import { agentStatuses } from "./agent-statuses";

export const agentStatusSchema = z.enum(agentStatuses);
export type AgentStatus = z.infer<typeof agentStatusSchema>;

/** What an online agent does. `stuck`: beats and has work, but no progress; decided by us, never reported. */
export const activities = ["working", "idle", "waiting", "stuck"] as const;
export const activitySchema = z.enum(activities);
export type Activity = z.infer<typeof activitySchema>;

/** Work without progress for so long is stuck, unless MC_STUCK_AFTER_MS says otherwise. */
export const defaultStuckAfterMs = 120_000;

/** What an agent may say of itself in a beat. */
export const reportedStateSchema = z.enum(["working", "idle", "waiting"]);
export type ReportedState = z.infer<typeof reportedStateSchema>;

/** Statuses in which a beat is expected, so that silence means something. */
export const watchedStatuses: readonly AgentStatus[] = [
  "online",
  "restarting",
  "stopping",
  "updating",
  "paused",
  "unknown",
];

/** Statuses that are on the way to another one. */
export const transitionalStatuses: readonly AgentStatus[] = ["restarting", "stopping", "updating"];
