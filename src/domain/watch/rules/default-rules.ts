import type { z } from "zod";
import { ruleDraftSchema } from "@/contracts/watch/rule";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * What every installation watches from its first start, by the part of the id that never changes. Conservative: each
 * is trouble by any measure, lasts long enough to be no accident, and is meant for all agents, those that come later
 * too. A key is never used again for something else: a rule that was deleted stays deleted by it.
 */
const drafts: Record<string, z.input<typeof ruleDraftSchema>> = {
  offline: {
    name: "Any agent is offline",
    scope: { kind: "all" },
    condition: { kind: "offline" },
    severity: "critical",
  },
  stuck: {
    name: "Any agent is stuck",
    scope: { kind: "all" },
    condition: { kind: "stuck", afterMs: 15 * minuteMs },
    severity: "warning",
  },
  restarts: {
    name: "Any agent restarts again and again",
    scope: { kind: "all" },
    condition: { kind: "restart-loop", count: 5, windowMs: 10 * minuteMs },
    severity: "warning",
  },
  cpu: {
    name: "Processor is busy for long",
    scope: { kind: "all" },
    condition: { kind: "metric", metric: "cpuPercent", op: "above", value: 95 },
    forMs: 15 * minuteMs,
    recoverMs: 2 * minuteMs,
    // An agent without numbers is not known to be busy; that it is silent is another rule's matter.
    noData: "ok",
    severity: "warning",
  },
  disk: {
    name: "Disk is nearly full",
    scope: { kind: "all" },
    condition: { kind: "metric", metric: "diskUsedPercent", op: "above", value: 90 },
    forMs: 10 * minuteMs,
    recoverMs: 2 * minuteMs,
    severity: "warning",
  },
  expiry: {
    name: "A certificate or key ends soon",
    scope: { kind: "all" },
    condition: { kind: "expiry", of: ["certificate", "agent-key"], withinMs: 14 * dayMs },
    severity: "warning",
  },
  outage: {
    name: "Total outage",
    scope: { kind: "all" },
    condition: { kind: "outage", percent: 50, atLeast: 10 },
    severity: "critical",
  },
  host: {
    name: "A host is down",
    scope: { kind: "all" },
    condition: { kind: "host-down", atLeast: 3 },
    severity: "critical",
  },
  evaluation: {
    name: "Mission Control judges late",
    scope: { kind: "all" },
    condition: { kind: "self", check: "evaluation-lag", value: minuteMs },
    severity: "critical",
  },
  delivery: {
    name: "Mission Control delivers late",
    scope: { kind: "all" },
    condition: { kind: "self", check: "delivery-lag", value: minuteMs },
    severity: "critical",
  },
  commands: {
    name: "Commands of an agent fail",
    scope: { kind: "all" },
    condition: { kind: "command-failed", count: 3, windowMs: 60 * minuteMs },
    severity: "info",
  },
};

export const defaultRules = Object.entries(drafts).map(([key, draft]) => ({
  key,
  draft: ruleDraftSchema.parse(draft),
}));

/** The id that a default rule has in an account, for good. */
export const defaultRuleId = (key: string, account: string): string => `rul_${key}_${account}`;
