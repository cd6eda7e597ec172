import type { CommandKind } from "@/contracts/fleet/command";
import type { LogLevel } from "@/contracts/fleet/log-line";
import type { Condition, ConditionKind, expiringThings, selfChecks } from "@/contracts/watch/condition";

export type ExpiringThing = (typeof expiringThings)[number];
export type SelfCheck = (typeof selfChecks)[number];

/** How each kind is called in a list to choose from, and what it means in a line. */
export const kindChoices: Readonly<Record<ConditionKind, { name: string; means: string; group: string }>> = {
  offline: {
    name: "is offline",
    means: "Fell silent or closed without a word, and nobody asked it to stop.",
    group: "Alive",
  },
  "no-heartbeat": {
    name: "sends no heartbeat",
    means: "No beat for a time, whatever the reason, also when it said goodbye.",
    group: "Alive",
  },
  stuck: { name: "is stuck", means: "Beats and has work, but makes no progress.", group: "Alive" },
  "restart-loop": {
    name: "restarts again and again",
    means: "Came up or crashed several times within a time.",
    group: "Alive",
  },
  metric: {
    name: "reports a number too high or low",
    means: "CPU, memory, disk, or any number that agents report.",
    group: "What it says",
  },
  log: {
    name: "logs a text",
    means: "Lines that hold a text, so many within a time.",
    group: "What it says",
  },
  "command-failed": {
    name: "fails commands",
    means: "Commands failed or expired, so many within a time.",
    group: "What it says",
  },
  "config-drift": {
    name: "runs with another configuration",
    means: "What it runs with is not what it was told, or it refused it.",
    group: "What it says",
  },
  expiry: {
    name: "something expires soon",
    means: "A certificate, a key or a token is about to end.",
    group: "As a whole",
  },
  outage: {
    name: "many are offline at once",
    means: "A share of the agents is offline: one alert about all of them.",
    group: "As a whole",
  },
  "host-down": {
    name: "a host goes down",
    means: "Every agent of a host is offline: one alert about the host.",
    group: "As a whole",
  },
  self: {
    name: "Mission Control itself is unwell",
    means: "Its judging, its messages or its disk fall behind.",
    group: "As a whole",
  },
};

const minute = 60_000;
/** What a kind begins with when it is chosen. Conservative: better a late alert than one that cries wolf. */
export const startOf: { [Kind in ConditionKind]: Extract<Condition, { kind: Kind }> } = {
  offline: { kind: "offline" },
  "no-heartbeat": { kind: "no-heartbeat", afterMs: 5 * minute },
  stuck: { kind: "stuck", afterMs: 15 * minute },
  "restart-loop": { kind: "restart-loop", count: 4, windowMs: 10 * minute },
  metric: { kind: "metric", metric: "cpuPercent", op: "above", value: 90 },
  log: { kind: "log", level: "error", pattern: "", regex: false, count: 5, windowMs: 5 * minute },
  "command-failed": { kind: "command-failed", kinds: [], count: 3, windowMs: 60 * minute },
  "config-drift": { kind: "config-drift", afterMs: 10 * minute },
  expiry: { kind: "expiry", of: ["certificate", "agent-key"], withinMs: 14 * 1440 * minute },
  outage: { kind: "outage", percent: 50, atLeast: 3 },
  "host-down": { kind: "host-down", atLeast: 2 },
  self: { kind: "self", check: "evaluation-lag", value: 30_000 },
};

/** How long the trouble has to last by itself, for kinds that have no time of their own. */
export const startForMs: Readonly<Record<ConditionKind, number>> = {
  offline: minute,
  "no-heartbeat": 0,
  stuck: 0,
  "restart-loop": 0,
  metric: 5 * minute,
  log: 0,
  "command-failed": 0,
  "config-drift": 0,
  expiry: 0,
  outage: 0,
  "host-down": 0,
  self: 2 * minute,
};

/** Kinds whose sentence has "for 5 min" in it; of the others it is said only when it is set. */
export const heldKinds: readonly ConditionKind[] = ["offline", "metric", "outage", "host-down", "self"];

export const levelWords: Readonly<Record<LogLevel, string>> = {
  debug: "at any level",
  info: "at info or worse",
  warn: "as a warning or worse",
  error: "as an error",
};

export const thingWords: Readonly<Record<ExpiringThing, string>> = {
  certificate: "certificate",
  "agent-key": "agent key",
  "api-token": "API token",
  "join-token": "join token",
};

/** Of what an agent owns, the rule's scope decides whose. */
export const ownedThings: readonly ExpiringThing[] = ["certificate", "agent-key"];

export const checkWords: Readonly<Record<SelfCheck, string>> = {
  "evaluation-lag": "delay in judging rules",
  "delivery-lag": "delay in sending messages",
  "event-loop-lag": "delay in answering",
  outbox: "queue of unsent messages",
  disk: "disk",
};

export const commandWords: Readonly<Record<CommandKind, string>> = {
  restart: "restart",
  kill: "kill",
  "update-config": "update of the configuration",
  "health-check": "health check",
  pause: "pause",
  resume: "resume",
};
