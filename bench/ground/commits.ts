import postgres from "postgres";
import { nowMs } from "../measure/moment";

export type Commits = {
  /** When the fact that an agent went offline was committed, by agent. */
  offlineMs: Map<string, number>;
  /** When its row in the outbox was committed. */
  outboxMs: Map<string, number>;
  stop(): Promise<void>;
};

/** Tells of commits by triggers that notify: PostgreSQL sends a notification at the commit, not before. */
export async function followCommits(databaseUrl: string): Promise<Commits> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  await sql.unsafe(`
    create function bench_told_offline() returns trigger language plpgsql as $$
      begin perform pg_notify('bench_offline', new.target->>'id'); return null; end $$;
    create trigger bench_offline after insert on facts_pending for each row
      when (new.kind = 'agent.went_offline') execute function bench_told_offline();
    create function bench_told_outbox() returns trigger language plpgsql as $$
      begin perform pg_notify('bench_outbox', (select agent_id from alerts where id = new.alert_id)); return null; end $$;
    create trigger bench_outbox after insert on notification_alerts for each row execute function bench_told_outbox()`);
  const offlineMs = new Map<string, number>();
  const outboxMs = new Map<string, number>();
  const note = (map: Map<string, number>) => (agentId: string) => {
    if (!map.has(agentId)) map.set(agentId, nowMs());
  };
  await sql.listen("bench_offline", note(offlineMs));
  await sql.listen("bench_outbox", note(outboxMs));
  return { offlineMs, outboxMs, stop: () => sql.end({ timeout: 1 }) };
}
