import type { LogLine } from "@/contracts/fleet/log-line";
import { logLevels } from "@/contracts/fleet/log-line";
import type { AgentLogLine, AgentLogs } from "@/contracts/wire/agent";
import type { AdmittedAgent } from "@/domain/fleet/presence/admitted-agent";
import { reportedMoment } from "@/domain/fleet/presence/reported-moment";
import type { Ground } from "@/domain/kernel";
import type { LineWatch } from "./line-watch";

/**
 * Stores the lines that are new, and answers the highest `seq` of the session that is durable. The session's cursor
 * is locked, read and moved in the transaction of the insert: a batch that is sent again stores nothing, and what
 * was acknowledged is there. What `watch` finds in them is written with them.
 */
export async function appendLines(
  ground: Ground,
  agent: AdmittedAgent,
  batch: AgentLogs,
  watch?: LineWatch,
): Promise<number> {
  const { agentId, account } = agent;
  const { sessionId } = agent.session;
  const now = ground.clock.now();
  const looking = watch?.find(account, agentId, batch.lines);
  const finds = looking ? await looking : null;
  const { through, stored, dropped } = await ground.db.sql.begin(async (sql) => {
    await sql`
      insert into log_cursors (agent_id, session_id, account_id, through, dropped, changed_at)
      values (${agentId}, ${sessionId}, ${account}, -1, 0, ${now.toISOString()}::timestamptz)
      on conflict do nothing`;
    const [cursor] = await sql<{ through: number }[]>`
      select through::float8 as through from log_cursors
      where agent_id = ${agentId} and session_id = ${sessionId} for update`;
    const before = cursor?.through ?? -1;
    const fresh = newLines(batch.lines, before);
    const last = fresh.at(-1)?.seq ?? before;
    const dropped = newlyDropped(batch, fresh, before);
    if (fresh.length === 0 && dropped === 0) return { through: before, stored: [], dropped };
    const ids = await sql<{ id: string }[]>`
      insert into log_lines (received_at, account_id, agent_id, at, level, source, message)
      select ${now.toISOString()}::timestamptz, ${account}, ${agentId}, x.at::timestamptz, x.level, x.source, x.message
      from unnest(
        ${fresh.map((line) => reportedMoment(line.at, now).toISOString())}::text[],
        ${fresh.map((line) => logLevels.indexOf(line.level))}::int2[],
        ${fresh.map((line) => line.source ?? null)}::text[],
        ${fresh.map((line) => line.message)}::text[]
      ) with ordinality as x(at, level, source, message, place)
      order by x.place returning id`;
    await sql`
      update log_cursors set through = ${last}, dropped = dropped + ${dropped},
        changed_at = ${now.toISOString()}::timestamptz
      where agent_id = ${agentId} and session_id = ${sessionId}`;
    if (finds) await finds.write(sql, new Set(fresh.map((line) => line.seq)), now);
    const stored = fresh.map((line, index) => lineOf(line, ids[index]?.id ?? "", now));
    return { through: last, stored, dropped };
  });
  agent.logsThrough = through;
  if (stored.length > 0 || dropped > 0) {
    ground.bus.publish("log.lines", { account, agentId, lines: stored, dropped });
  }
  return through;
}

/** Lines beyond the cursor in order of `seq`; a `seq` that is twice in the batch counts once. */
function newLines(lines: AgentLogLine[], through: number): AgentLogLine[] {
  const bySeq = new Map<number, AgentLogLine>();
  for (const line of lines) if (line.seq > through && !bySeq.has(line.seq)) bySeq.set(line.seq, line);
  return [...bySeq.values()].sort((left, right) => left.seq - right.seq);
}

/**
 * How many lines fell out that no earlier batch told of. A line that fell out keeps its `seq`, so a batch that is sent
 * again, whole or in part, tells of no more than are missing between what we have and what is new. A sender whose
 * numbers have no gaps is believed, unless the batch repeats something.
 */
function newlyDropped({ lines, dropped = 0 }: AgentLogs, fresh: AgentLogLine[], through: number): number {
  const [first] = fresh;
  if (!first) return lines.length === 0 ? dropped : 0;
  const missing = first.seq - through - 1;
  return missing > 0 || fresh.length < lines.length ? Math.min(dropped, missing) : dropped;
}

function lineOf(line: AgentLogLine, id: string, now: Date): LogLine {
  return {
    id,
    at: reportedMoment(line.at, now).toISOString(),
    level: line.level,
    source: line.source ?? null,
    message: line.message,
  };
}
