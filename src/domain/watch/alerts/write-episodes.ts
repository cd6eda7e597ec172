import { sql } from "drizzle-orm";
import type { Ctx, Unit } from "@/domain/kernel";
import type { Episode } from "./episode";

/** Writes where episodes stand now and forgets those that are over: two statements, however many there are. */
export async function writeEpisodes(
  { account }: Pick<Ctx, "account">,
  { tx }: Pick<Unit, "tx">,
  episodes: readonly Episode[],
): Promise<void> {
  const kept = episodes.flatMap(({ ruleId, key, subject, agentId, alertId, standing }) =>
    standing ? [{ ruleId, key, subject, agentId, alertId, ...standing }] : [],
  );
  const gone = episodes.flatMap(({ standing, stored, ruleId, key }) =>
    !standing && stored ? [{ ruleId, key }] : [],
  );
  if (gone.length > 0) {
    await tx.execute(sql`
      delete from alert_states s
      using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as r("ruleId" text, key text)
      where s.rule_id = r."ruleId" and s.subject_key = r.key`);
  }
  if (kept.length === 0) return;
  await tx.execute(sql`
    insert into alert_states (rule_id, subject_key, account_id, subject, agent_id, state, since, changed_at, due_at,
      alert_id, value, summary, marks, flips)
    select "ruleId", key, ${account}, subject, "agentId", state, since, "changedAt", "dueAt", "alertId", value, summary,
      marks, flips
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as r("ruleId" text, key text, subject jsonb, "agentId" text,
      state text, since timestamptz, "changedAt" timestamptz, "dueAt" timestamptz, "alertId" text,
      value double precision, summary text, marks bigint[], flips bigint[])
    on conflict (rule_id, subject_key) do update set
      subject = excluded.subject, agent_id = excluded.agent_id, state = excluded.state, since = excluded.since,
      changed_at = excluded.changed_at, due_at = excluded.due_at, alert_id = excluded.alert_id,
      value = excluded.value, summary = excluded.summary, marks = excluded.marks, flips = excluded.flips`);
}
