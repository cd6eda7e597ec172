import { and, asc, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import type { AlertPolicy, Inhibition } from "@/contracts/watch/policy";
import type { Tx } from "@/db/client";
import { alerts, channels, rules } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { openSilences } from "@/domain/watch/silences/open-silences";
import { matches } from "../matches";
import { policyInForce } from "../policy/find-policy";
import { comeBackMs } from "../stages/inhibit";
import { type RoutedRule, routesById } from "../stages/route";
import { kindsOfMany, type Watched } from "../stages/speaks-for";
import type { ActiveInhibition, OpenChannel, World } from "../stages/stage";
import { sourceColumns, sourceOf, type TellingRule } from "./tellable";

/** What decides about telling in an account, as of one moment. */
export type Setting = {
  policy: AlertPolicy;
  routes: ReturnType<typeof routesById>;
  /** Those that say anything about telling: channels of their own, quiet hours, or that they are about many agents. */
  rules: ReadonlyMap<string, RoutedRule & TellingRule>;
  world: World;
};

type Reader = Tx | Ctx["db"]["orm"];

/** Reads all of it; `policy` stands in for the one in force when somebody tries out another. */
export async function readSetting(ctx: Ctx, db: Reader, draft?: AlertPolicy): Promise<Setting> {
  const [stored, ruleRows, channelRows, silenceRows] = await Promise.all([
    policyInForce(ctx, db),
    db
      .select({ id: rules.id, draft: rules.draft })
      .from(rules)
      .where(
        and(
          eq(rules.accountId, ctx.account),
          isNull(rules.deletedAt),
          sql`(${rules.draft}->'channelIds' <> '[]' or ${rules.draft}->'quiet' <> '[]'
            or ${rules.draft}->'condition'->>'kind' in ${[...kindsOfMany]})`,
        ),
      ),
    db
      .select({ id: channels.id, name: channels.name, perMinute: channels.perMinute })
      .from(channels)
      .where(and(eq(channels.accountId, ctx.account), eq(channels.enabled, true), isNull(channels.deletedAt)))
      .orderBy(asc(channels.createdAt), asc(channels.id)),
    openSilences(ctx, db),
  ]);
  const policy = draft ?? stored.policy;
  const ruleById = new Map(
    ruleRows.map(({ id, draft: { name, channelIds, quiet, scope, except } }) => [
      id,
      { id, name, channelIds, quiet, watched: { scope, except } },
    ]),
  );
  return {
    policy,
    rules: ruleById,
    routes: routesById(policy, ruleById),
    world: {
      channels: new Map(channelRows.map((row): [string, OpenChannel] => [row.id, row])),
      silences: silenceRows.map((row) => ({ ...row, by: row.createdBy.name })),
      inhibitions: await activeInhibitions(ctx, db, policy.inhibitions),
    },
  };
}

/** Equalities that the database can look for; everything else is held against the rows that it answers. */
const columns = {
  kind: alerts.kind,
  severity: alerts.severity,
  rule: alerts.ruleName,
  host: alerts.host,
  group: alerts.group,
} as const;

async function activeInhibitions(
  ctx: Ctx,
  db: Reader,
  inhibitions: readonly Inhibition[],
): Promise<ActiveInhibition[]> {
  const enabled = inhibitions.filter((inhibition) => inhibition.enabled);
  if (enabled.length === 0) return [];
  const justEnded = new Date(ctx.clock.nowMs() - comeBackMs);
  const rows = await db
    .select({
      ...sourceColumns,
      watched: sql<Watched>`jsonb_build_object('scope', ${rules.draft}->'scope',
      'except', ${rules.draft}->'except')`,
    })
    .from(alerts)
    .innerJoin(rules, eq(rules.id, alerts.ruleId))
    .where(
      and(
        eq(alerts.accountId, ctx.account),
        // Those that are about many have no agent: an index finds the few that ended just now.
        or(
          eq(alerts.state, "firing"),
          and(
            isNull(alerts.agentId),
            inArray(alerts.kind, [...kindsOfMany]),
            gt(alerts.resolvedAt, justEnded),
          ),
        ),
        or(...enabled.map(({ source }) => and(sql`true`, ...source.map(narrowing)))),
      ),
    )
    .orderBy(asc(alerts.firedAt), asc(alerts.id));
  const found = rows.map(({ watched, ...row }) => sourceOf(row, watched));
  return enabled.map((inhibition) => ({
    inhibition,
    sources: found.filter(({ labels }) => matches(inhibition.source, labels)),
  }));
}

function narrowing({ label, op, value }: Inhibition["source"][number]) {
  const column = label in columns ? columns[label as keyof typeof columns] : undefined;
  return column && op === "=" && value !== "" ? sql`${column} = ${value}` : undefined;
}
