import { describe, expect, it } from "vitest";
import type { AgentStatus } from "@/contracts/fleet/status";
import { decideStatus } from "./decide-status";
import type { SessionInfo, StatusBefore, StatusEvent } from "./status-event";

const now = new Date("2026-01-01T12:00:00.000Z");
const earlier = new Date("2026-01-01T11:59:00.000Z");
const later = new Date("2026-01-01T12:01:00.000Z");
const session: SessionInfo = {
  sessionId: "s1",
  host: "h",
  pid: 1,
  version: null,
  commandLine: null,
  keyPrefix: null,
};

function agentIn(status: AgentStatus, more: Partial<StatusBefore> = {}): StatusBefore {
  return {
    status,
    statusSince: earlier,
    statusDeadlineAt: null,
    sessionId: "s1",
    activity: null,
    lastBeatAt: earlier,
    connectedAt: earlier,
    task: null,
    host: "h",
    ...more,
  };
}

const beat: StatusEvent = { kind: "beat", activity: "working", receivedAt: now };
const stuckBeat: StatusEvent = { kind: "beat", activity: "stuck", receivedAt: now };
const bye: StatusEvent = { kind: "bye", sessionId: "s1", reason: "done", exitCode: 0, signal: null };
const lateBye: StatusEvent = {
  kind: "late-bye",
  session,
  endedAt: earlier,
  reason: "it ended",
  exitCode: 9,
  signal: null,
};
const silent: StatusEvent = { kind: "silent", silentForMs: 6_000 };
const lostSight: StatusEvent = { kind: "lost-sight" };
const overdue: StatusEvent = { kind: "overdue" };
const restart: StatusEvent = { kind: "began", status: "restarting", deadlineAt: later, why: "restart" };
const paused: StatusEvent = { kind: "paused", why: "pause" };
const ended: StatusEvent = { kind: "ended", why: "over" };
const connected: StatusEvent = { kind: "connected", session };
const newSession: StatusEvent = { kind: "connected", session: { ...session, sessionId: "s2" } };
const due = { statusDeadlineAt: earlier };
const notDue = { statusDeadlineAt: later };

/** Before, event → status after and facts; null: nothing happens, and nothing is recorded. */
const table: [string, StatusBefore, StatusEvent, [AgentStatus | "same", string[]] | null][] = [
  ["first beat", agentIn("never-connected"), beat, ["online", ["agent.came_online"]]],
  ["beat while online", agentIn("online", { activity: "idle" }), beat, null],
  ["beat out of offline", agentIn("offline"), beat, ["online", ["agent.came_online"]]],
  ["beat out of unknown", agentIn("unknown"), beat, ["online", ["agent.came_online"]]],
  ["beat after a goodbye", agentIn("stopped"), beat, ["online", ["agent.came_online"]]],
  ["late beat of before the goodbye", agentIn("stopped", { statusSince: now }), beat, null],
  ["beat does not end a restart", agentIn("restarting", notDue), beat, null],
  ["beat does not end a pause", agentIn("paused"), beat, null],
  ["getting stuck", agentIn("online", { activity: "working" }), stuckBeat, ["same", ["agent.got_stuck"]]],
  ["staying stuck", agentIn("online", { activity: "stuck" }), stuckBeat, null],
  ["getting unstuck", agentIn("online", { activity: "stuck" }), beat, ["same", ["agent.got_unstuck"]]],
  ["back, but stuck", agentIn("offline"), stuckBeat, ["online", ["agent.came_online", "agent.got_stuck"]]],
  ["same session back", agentIn("online"), connected, null],
  ["same session back in a restart", agentIn("restarting", notDue), connected, null],
  [
    "first connection",
    agentIn("never-connected", { sessionId: null }),
    connected,
    ["online", ["agent.connected", "agent.came_online"]],
  ],
  ["same session after silence", agentIn("offline"), connected, ["online", ["agent.came_online"]]],
  ["new session while online", agentIn("online"), newSession, ["same", ["agent.connected"]]],
  [
    "new session ends a restart",
    agentIn("restarting", notDue),
    newSession,
    ["online", ["agent.connected", "agent.ended_change"]],
  ],
  [
    "new session is not stuck",
    agentIn("online", { activity: "stuck" }),
    newSession,
    ["same", ["agent.connected", "agent.got_unstuck"]],
  ],
  ["goodbye", agentIn("online"), bye, ["stopped", ["agent.stopped"]]],
  ["goodbye twice", agentIn("stopped"), bye, null],
  ["goodbye of an older session", agentIn("online", { sessionId: "s9" }), bye, null],
  ["goodbye on the way through a restart", agentIn("restarting", notDue), bye, null],
  ["goodbye after a kill", agentIn("stopping", notDue), bye, ["stopped", ["agent.stopped"]]],
  ["late goodbye of the known session", agentIn("offline"), lateBye, ["stopped", ["agent.stopped"]]],
  ["late goodbye that was heard before", agentIn("stopped"), lateBye, null],
  ["late goodbye on the way through a restart", agentIn("restarting", notDue), lateBye, null],
  [
    "late goodbye of the first session",
    agentIn("never-connected", { sessionId: null }),
    lateBye,
    ["stopped", ["agent.stopped"]],
  ],
  [
    "late goodbye of a session after one that stopped",
    agentIn("stopped", { sessionId: "s0" }),
    lateBye,
    ["stopped", ["agent.stopped"]],
  ],
  ["silence", agentIn("online"), silent, ["offline", ["agent.went_offline"]]],
  ["silence twice", agentIn("offline"), silent, null],
  ["silence of a stopped one", agentIn("stopped"), silent, null],
  ["silence of one never seen", agentIn("never-connected"), silent, null],
  ["silence of an unknown one", agentIn("unknown"), silent, ["offline", ["agent.went_offline"]]],
  ["silence of a paused one", agentIn("paused"), silent, ["offline", ["agent.went_offline"]]],
  ["silence within a restart", agentIn("restarting", notDue), silent, null],
  ["silence past a restart", agentIn("restarting", due), silent, ["offline", ["agent.went_offline"]]],
  ["silence after a kill", agentIn("stopping", notDue), silent, ["stopped", ["agent.stopped"]]],
  ["lost sight", agentIn("online"), lostSight, ["unknown", ["agent.lost_sight_of"]]],
  ["lost sight of an offline one", agentIn("offline"), lostSight, null],
  ["overdue restart", agentIn("restarting", due), overdue, ["online", ["agent.ended_change"]]],
  ["restart not yet overdue", agentIn("restarting", notDue), overdue, null],
  ["restart begins", agentIn("online"), restart, ["restarting", ["agent.began_change"]]],
  ["restart of one that is away", agentIn("offline"), restart, null],
  ["restart twice", agentIn("restarting", notDue), restart, null],
  ["pause", agentIn("online"), paused, ["paused", ["agent.began_change"]]],
  ["pause ends", agentIn("paused"), ended, ["online", ["agent.ended_change"]]],
  ["end of nothing", agentIn("online"), ended, null],
];

describe("decideStatus", () => {
  it.each(table)("%s", (_, row, event, expected) => {
    const decision = decideStatus(row, event, now);
    const seen = decision && [decision.set.status ?? "same", decision.facts.map((fact) => fact.kind)];
    expect(seen).toEqual(expected);
  });

  it("dates an offline status from the last beat, and keeps what was known", () => {
    const decision = decideStatus(agentIn("online", { task: "sorting" }), silent, now);
    expect(decision?.set.statusSince).toEqual(earlier);
    expect(decision?.facts[0]?.data).toMatchObject({ lastBeatAt: earlier.toISOString(), task: "sorting" });
    expect(decision?.set.decidedBy).toBe("No beat for 6 s.");
  });

  it("tells of a session that was never seen when it ended and how, and takes it as the agent's newest", () => {
    const decision = decideStatus(agentIn("stopped", { sessionId: "s0" }), lateBye, now);
    expect(decision?.set).toMatchObject({ statusSince: now, sessionId: "s1", host: "h" });
    expect(decision?.facts[0]?.fields).toContain("sessionId");
    expect(decision?.facts[0]?.data).toMatchObject({ exitCode: 9, endedAt: earlier.toISOString() });
  });

  it("gives a transitional status its deadline, and takes it away with the status", () => {
    expect(decideStatus(agentIn("online"), restart, now)?.set.statusDeadlineAt).toEqual(later);
    expect(decideStatus(agentIn("restarting", notDue), ended, now)?.set.statusDeadlineAt).toBeNull();
  });
});
