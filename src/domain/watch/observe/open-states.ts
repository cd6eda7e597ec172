import type { EpisodeState, Subject } from "@/contracts/watch/alert";
import { rawIn, type Tx } from "@/db/client";

/** A subject that is not simply well under a rule: the only ones to whom good news is news. */
export type OpenState = { ruleId: string; subjectKey: string; subject: Subject; state: EpisodeState };

/** Open states of these rules, by rule and key of the subject; of these agents only, where they are given. */
export async function openStates(
  tx: Tx,
  ruleIds: string[],
  agentIds?: string[],
): Promise<Map<string, Map<string, OpenState>>> {
  const found = new Map<string, Map<string, OpenState>>();
  if (ruleIds.length === 0 || agentIds?.length === 0) return found;
  const sql = rawIn(tx);
  const rows = await sql<OpenState[]>`
    select rule_id as "ruleId", subject_key as "subjectKey", subject, state
    from alert_states where rule_id = any(${ruleIds}::text[]) and state <> 'ok'
      ${agentIds ? sql`and agent_id = any(${agentIds}::text[])` : sql``}`;
  for (const row of rows) {
    const ofRule = found.get(row.ruleId) ?? new Map<string, OpenState>();
    ofRule.set(row.subjectKey, row);
    found.set(row.ruleId, ofRule);
  }
  return found;
}
