import { sql } from "drizzle-orm";
import type { Ctx, Unit } from "@/domain/kernel";
import type { WatchedAgent } from "../observe/observation";
import type { Standing } from "../rules/decide";
import type { RuleRow } from "../rules/view";
import type { Episode } from "./episode";
import type { AlertRow } from "./view";

/** The agent as the alert keeps it, and what was known of it last. */
export type Background = { agent: WatchedAgent | null; lastKnown: string | null };

/** The alert that begins: in the words that its rule, its subject and the agent have at this moment. */
export function alertFrom(
  ctx: Pick<Ctx, "ids" | "account">,
  rule: RuleRow,
  { subject, agentId }: Pick<Episode, "subject" | "agentId">,
  { since, summary, value }: Pick<Standing, "since" | "summary" | "value">,
  { agent, lastKnown }: Background,
  firedAt: Date,
): AlertRow {
  const { name, condition, severity, labels, runbook, scope } = rule.draft;
  const groupOfFleet = subject.kind === "fleet" && scope.kind === "group" ? scope.group : null;
  return {
    id: ctx.ids.id("alr"),
    accountId: ctx.account,
    ruleId: rule.id,
    ruleVersion: rule.version,
    ruleName: name,
    kind: condition.kind,
    severity,
    state: "firing",
    subjectKind: subject.kind,
    subjectId: subject.id,
    subjectName: subject.name,
    agentId,
    group: agent?.group ?? groupOfFleet,
    host: agent?.host ?? (subject.kind === "host" ? subject.id : null),
    tags: agent?.tags ?? [],
    labels,
    summary,
    value,
    status: agent?.status ?? null,
    since,
    firedAt,
    resolvedAt: null,
    resolution: null,
    lastKnown,
    flapping: false,
    runbook,
    acknowledgedBy: null,
    acknowledgedAt: null,
    acknowledgedNote: null,
    assignedId: null,
    assignedName: null,
    snoozedUntil: null,
    snoozedBy: null,
  };
}

/**
 * Writes alerts as they are at the end of the batch that began them, in one statement. Where one of the same rule and
 * subject fires already (its state was lost), that one goes on: answers its id for each id that was not written.
 */
export async function insertAlerts(unit: Unit, rows: readonly AlertRow[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const told = JSON.stringify(rows);
  const written = await unit.tx.execute<{ id: string }>(sql`
    insert into alerts (id, account_id, rule_id, rule_version, rule_name, kind, severity, state, subject_kind, subject_id,
      subject_name, agent_id, group_name, host, tags, labels, summary, value, status, since, fired_at, resolved_at,
      resolution, last_known, flapping, runbook)
    select id, "accountId", "ruleId", "ruleVersion", "ruleName", kind, severity, state, "subjectKind", "subjectId",
      "subjectName", "agentId", "group", host, tags, labels, summary, value, status, since, "firedAt", "resolvedAt",
      resolution, "lastKnown", flapping, runbook
    from jsonb_to_recordset(${told}::jsonb) as r(id text, "accountId" text, "ruleId" text, "ruleVersion" int,
      "ruleName" text, kind text, severity text, state text, "subjectKind" text, "subjectId" text, "subjectName" text,
      "agentId" text, "group" text, host text, tags text[], labels jsonb, summary text, value double precision,
      status text, since timestamptz, "firedAt" timestamptz, "resolvedAt" timestamptz, resolution text,
      "lastKnown" text, flapping boolean, runbook text)
    on conflict (rule_id, subject_kind, subject_id) where state = 'firing' do nothing
    returning id`);
  if (written.length === rows.length) return new Map();
  const ids = new Set(written.map(({ id }) => id));
  const refused = rows.filter(({ id }) => !ids.has(id));
  const going = await unit.tx.execute<{ id: string; refused: string }>(sql`
    select a.id, r.id as refused
    from jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) as r(id text, "ruleId" text, "subjectKind" text, "subjectId" text)
    join alerts a on a.rule_id = r."ruleId" and a.subject_kind = r."subjectKind" and a.subject_id = r."subjectId"
      and a.state = 'firing'`);
  return new Map(going.map((row) => [row.refused, row.id]));
}
