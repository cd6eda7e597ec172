import type { FactKind } from "@/contracts/facts";
import type { Agent } from "@/contracts/fleet/agent";
import type { AgentStatus } from "@/contracts/fleet/status";
import { transitionalStatuses } from "@/contracts/fleet/status";
import { decideConnected } from "./decide-connected";
import type { Decision, StatusFact } from "./status-decision";
import type { StatusBefore, StatusEvent } from "./status-event";

/** Statuses out of which any sign of life brings an agent back. */
const away: readonly AgentStatus[] = ["offline", "stopped", "unknown", "never-connected"];
const statusFields: (keyof Agent)[] = ["status", "activity", "statusSince", "evidence"];
const sessionFields: (keyof Agent)[] = ["host", "pid", "version", "commandLine", "sessionId"];

/**
 * The one judge of an agent's status: pure, so that each rule is a line of a table in its test. It is asked once
 * before a transaction is begun, and again under the row's lock, where the answer counts.
 */
export function decideStatus(before: StatusBefore, event: StatusEvent, now: Date): Decision | null {
  switch (event.kind) {
    case "connected":
      return decideConnected(before, event.session, now);
    case "beat":
      return decideBeat(before, event, now);
    case "bye":
      return decideBye(before, event, now);
    case "late-bye":
      return decideLateBye(before, event, now);
    case "silent":
      return decideSilent(before, event, now);
    case "lost-sight":
      if (away.includes(before.status)) return null;
      return moved(
        "unknown",
        now,
        "Mission Control was cut off and has not heard it since.",
        "agent.lost_sight_of",
      );
    case "overdue":
      if (!isTransitional(before.status) || !before.statusDeadlineAt || before.statusDeadlineAt > now)
        return null;
      return moved(
        "online",
        now,
        `It was ${before.status} for too long, yet it beats.`,
        "agent.ended_change",
      );
    case "began":
      if (before.status === event.status || away.includes(before.status)) return null;
      return moved(event.status, now, event.why, "agent.began_change", {
        statusDeadlineAt: event.deadlineAt,
      });
    case "paused":
      if (before.status !== "online") return null;
      return moved("paused", now, event.why, "agent.began_change");
    case "ended":
      if (before.status !== "paused" && !isTransitional(before.status)) return null;
      return moved("online", now, event.why, "agent.ended_change");
  }
}

function decideBeat(before: StatusBefore, event: StatusEvent & { kind: "beat" }, now: Date): Decision | null {
  const stuck = event.activity === "stuck";
  const stuckFact: StatusFact = { kind: "agent.got_stuck", fields: ["activity", "progressAt", "task"] };
  if (away.includes(before.status)) {
    // A beat that waited for its batch while the agent said goodbye is no sign of life.
    if (before.status === "stopped" && event.receivedAt <= before.statusSince) return null;
    const back = moved("online", now, "It beats.", "agent.came_online", { activity: event.activity });
    return stuck ? { ...back, facts: [...back.facts, stuckFact] } : back;
  }
  if (before.status !== "online" || stuck === (before.activity === "stuck")) return null;
  const set = { activity: event.activity };
  if (stuck) return { set, facts: [stuckFact] };
  return { set, facts: [{ kind: "agent.got_unstuck", fields: ["activity", "progressAt", "task"] }] };
}

function decideBye(before: StatusBefore, event: StatusEvent & { kind: "bye" }, now: Date): Decision | null {
  if (before.status === "stopped" || before.sessionId !== event.sessionId) return null;
  // A goodbye on the way through a restart or an update is a step of it: its deadline tells if nothing follows.
  if (before.status === "restarting" || before.status === "updating") return null;
  const { reason, exitCode, signal } = event;
  const stopped = moved("stopped", now, `It said goodbye: ${reason}`, "agent.stopped");
  return withData(stopped, { reason, exitCode, signal, sessionId: before.sessionId });
}

/**
 * The end of a session that is told afterwards. Of the session that we know it is an ordinary goodbye; one that we never
 * saw was the agent's newest nevertheless, as if it had connected and said goodbye, but without having been online.
 */
function decideLateBye(
  before: StatusBefore,
  event: StatusEvent & { kind: "late-bye" },
  now: Date,
): Decision | null {
  const { session, endedAt, reason, exitCode, signal } = event;
  const { keyPrefix, ...described } = session;
  const { sessionId } = session;
  const isKnown = before.sessionId === sessionId;
  if (isKnown && ["stopped", "restarting", "updating"].includes(before.status)) return null;
  const why = `It ended while it was not connected, and told so later: ${reason}`;
  const more = isKnown ? {} : { ...described, ...(keyPrefix ? { keyPrefix } : {}) };
  const stopped = moved("stopped", now, why, "agent.stopped", more);
  const data = { reason, exitCode, signal, sessionId, endedAt: endedAt.toISOString() };
  return withData(isKnown ? stopped : withFields(stopped, sessionFields), data);
}

function decideSilent(
  before: StatusBefore,
  event: StatusEvent & { kind: "silent" },
  now: Date,
): Decision | null {
  if (before.status !== "unknown" && away.includes(before.status)) return null;
  if (before.status === "stopping") {
    return moved("stopped", now, "It fell silent after it was told to stop.", "agent.stopped");
  }
  if (isTransitional(before.status) && before.statusDeadlineAt && before.statusDeadlineAt > now) return null;
  const since = before.lastBeatAt ?? before.connectedAt ?? now;
  const why = event.why ?? `No beat for ${seconds(event.silentForMs)}.`;
  const offline = moved("offline", since, why, "agent.went_offline");
  return withData(offline, {
    lastBeatAt: before.lastBeatAt?.toISOString() ?? null,
    task: before.task,
    host: before.host,
    sessionId: before.sessionId,
    wasStuck: before.activity === "stuck",
  });
}

function isTransitional(status: AgentStatus): boolean {
  return transitionalStatuses.includes(status);
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

function withFields(decision: Decision, more: (keyof Agent)[]): Decision {
  const facts = decision.facts.map((fact) => ({ ...fact, fields: [...fact.fields, ...more] }));
  return { ...decision, facts };
}

function withData(decision: Decision, data: Record<string, unknown>): Decision {
  return { ...decision, facts: decision.facts.map((fact) => ({ ...fact, data })) };
}

/** A move to `status` with its one fact; the deadline of an earlier status goes, as does what the agent did. */
function moved(
  status: AgentStatus,
  since: Date,
  decidedBy: string,
  kind: FactKind,
  more: Decision["set"] = {},
): Decision {
  const set = { status, statusSince: since, decidedBy, statusDeadlineAt: null, activity: null, ...more };
  return { set, facts: [{ kind, fields: statusFields }] };
}
