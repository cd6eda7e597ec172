import { and, asc, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { alertStates } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { type Observation, subjectKey } from "../observe/observation";
import { type Episode, episodeKey } from "./episode";

type StateRow = typeof alertStates.$inferSelect;

/** Rows are locked in the order of their key, so that two evaluators at a change of the lease take turns. */
const inOrder = [asc(alertStates.ruleId), asc(alertStates.subjectKey)];

/**
 * What is open about the subjects of these observations, in one question: found by their agents, which an index
 * knows, and by key where a subject has none.
 */
export async function readEpisodes(
  { account }: Pick<Ctx, "account">,
  tx: Tx,
  observations: readonly Observation[],
): Promise<Map<string, Episode>> {
  const agentIds = new Set<string>();
  const ruleIds = new Set(observations.map(({ ruleId }) => ruleId));
  const others = new Map<string, { rule: string; key: string }>();
  for (const { ruleId, subject, agent } of observations) {
    if (agent) agentIds.add(agent.id);
    else others.set(episodeKey(ruleId, subjectKey(subject)), { rule: ruleId, key: subjectKey(subject) });
  }
  if (agentIds.size + others.size === 0) return new Map();
  const ofAgents = and(
    sql`${alertStates.agentId} in (select jsonb_array_elements_text(${JSON.stringify([...agentIds])}::jsonb))`,
    inArray(alertStates.ruleId, [...ruleIds]),
  );
  const byKey = sql`(${alertStates.ruleId}, ${alertStates.subjectKey}) in (
    select rule, key from jsonb_to_recordset(${JSON.stringify([...others.values()])}::jsonb) as k(rule text, key text))`;
  // Of one connection, so one after the other; what is saved is the way to and fro.
  const rows = await Promise.all([
    agentIds.size > 0 ? readStates(tx, account, ofAgents) : [],
    others.size > 0 ? readStates(tx, account, byKey) : [],
  ]);
  return new Map(rows.flat().map((row) => [episodeKey(row.ruleId, row.subjectKey), episodeOf(row)]));
}

function readStates(tx: Tx, account: string, which: SQL | undefined): Promise<StateRow[]> {
  return tx
    .select()
    .from(alertStates)
    .where(and(eq(alertStates.accountId, account), which))
    .orderBy(...inOrder)
    .for("update");
}

/** What time has moved on, the longest overdue first. */
export async function readDueEpisodes(
  { account }: Pick<Ctx, "account">,
  tx: Tx,
  now: Date,
  limit: number,
): Promise<Episode[]> {
  const rows = await tx
    .select()
    .from(alertStates)
    .where(and(lte(alertStates.dueAt, now), eq(alertStates.accountId, account)))
    .orderBy(asc(alertStates.dueAt))
    .limit(limit)
    .for("update", { skipLocked: true });
  return rows.map(episodeOf);
}

/** Everything that is open about a rule. */
export async function readEpisodesOfRule(
  { account }: Pick<Ctx, "account">,
  tx: Tx,
  ruleId: string,
): Promise<Episode[]> {
  const rows = await tx
    .select()
    .from(alertStates)
    .where(and(eq(alertStates.accountId, account), eq(alertStates.ruleId, ruleId)))
    .orderBy(...inOrder)
    .for("update");
  return rows.map(episodeOf);
}

export function episodeOf(row: StateRow): Episode {
  const { state, since, changedAt, dueAt, value, summary, marks, flips } = row;
  return {
    ruleId: row.ruleId,
    key: row.subjectKey,
    subject: row.subject,
    agentId: row.agentId,
    standing: { state, since, changedAt, dueAt, value, summary, marks, flips },
    alertId: row.alertId,
    stored: true,
  };
}
