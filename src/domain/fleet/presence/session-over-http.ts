import type { Db } from "@/db/client";
import type { AdmissionRow, AdmittedAgent } from "./admitted-agent";

/** What an HTTP agent may say of itself beside its messages. Without a session id all its runs are one session. */
export type HttpSession = {
  sessionId?: string;
  hostname?: string;
  version?: string;
  pid?: number;
};

/** Session of an agent that gives none; its log `seq` must then count on over restarts. */
export const defaultHttpSession = "http";

type Found = Pick<AdmissionRow, "name" | "status" | "knownSession" | "through">;

/** The agent behind an authenticated HTTP request, or null when it was removed. */
export async function loadHttpAgent(
  db: Db,
  agentId: string,
  account: string,
  session: HttpSession,
): Promise<{ agent: AdmittedAgent; row: Found } | null> {
  const sessionId = session.sessionId ?? defaultHttpSession;
  const [row] = await db.sql<Found[]>`
    select a.name, p.status, p.session_id as "knownSession", coalesce(c.through, -1)::float8 as through
    from agents a join agent_presence p on p.agent_id = a.id
    left join log_cursors c on c.agent_id = a.id and c.session_id = ${sessionId}
    where a.id = ${agentId} and a.account_id = ${account} and a.removed_at is null`;
  if (!row) return null;
  const described = {
    sessionId,
    host: session.hostname ?? null,
    pid: session.pid ?? null,
    version: session.version ?? null,
    commandLine: null,
    keyPrefix: null,
  };
  const known = { agentId, account, name: row.name, keyId: null, session: described };
  return { agent: { ...known, logsThrough: row.through, endedAt: null, over: false }, row };
}
