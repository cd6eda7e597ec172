import type { Agent } from "@/contracts/fleet/agent";

/** Nothing measured. */
export const noMetrics: Agent["metrics"] = {
  cpuPercent: null,
  memoryBytes: null,
  diskUsedBytes: null,
  diskTotalBytes: null,
  netRxBytes: null,
  netTxBytes: null,
};

/** An agent of which nothing is known; facts and rows fill it in. */
export const blankAgent: Agent = {
  id: "",
  name: "",
  group: null,
  tags: [],
  status: "never-connected",
  activity: null,
  statusSince: "1970-01-01T00:00:00.000Z",
  host: null,
  pid: null,
  version: null,
  sessionId: null,
  commandLine: null,
  lastBeatAt: null,
  progressAt: null,
  task: null,
  metrics: noMetrics,
  evidence: {
    lastBeatAt: null,
    keyPrefix: null,
    host: null,
    pid: null,
    sessionId: null,
    decidedBy: "",
    silentAfterMs: 0,
  },
  createdAt: "1970-01-01T00:00:00.000Z",
};
