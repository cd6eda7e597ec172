import type { Decision } from "./status-decision";
import type { SessionInfo, StatusBefore } from "./status-event";

/**
 * A connection: the same session coming back while it is thought to be there is no news. A new session is, and it
 * ends whatever change the session before was in.
 */
export function decideConnected(before: StatusBefore, session: SessionInfo, now: Date): Decision | null {
  const isNew = before.sessionId !== session.sessionId;
  const wasThere = ["online", "paused", "restarting", "stopping", "updating"].includes(before.status);
  if (!isNew && wasThere) return null;
  const { keyPrefix, ...described } = session;
  const set: Decision["set"] = { ...described, connectedAt: now, ...(keyPrefix ? { keyPrefix } : {}) };
  const facts: Decision["facts"] = [];
  if (isNew) {
    facts.push({
      kind: "agent.connected",
      fields: ["host", "pid", "version", "commandLine", "sessionId", "evidence"],
      data: { previousSessionId: before.sessionId },
    });
  }
  if (before.status !== "online") {
    // Its activity stays: a beat of this very connection may have been written before.
    Object.assign(set, {
      status: "online",
      statusSince: now,
      statusDeadlineAt: null,
      decidedBy: "It connected.",
    });
    const kind = wasThere ? "agent.ended_change" : "agent.came_online";
    facts.push({ kind, fields: ["status", "activity", "statusSince", "evidence"] });
  } else if (before.activity === "stuck") {
    // The stuck program is gone with its session; the new one has to get stuck by itself.
    set.activity = null;
    facts.push({ kind: "agent.got_unstuck", fields: ["activity"] });
  }
  return { set, facts };
}
