import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Page } from "@/contracts/kernel/page";
import type { PendingAlert } from "@/contracts/watch/alert";
import type { PendingAlertsQuery } from "@/contracts/watch/alert-list";
import { alertStates, rules } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { pageFrom, positionOf } from "../keyset";

/** Trouble that has not lasted long enough yet, newest first. Throws `invalid` for a cursor that is not ours. */
export async function listPending(ctx: Ctx, query: PendingAlertsQuery): Promise<Page<PendingAlert>> {
  demand(ctx, "board:read");
  const after = positionOf(query.cursor);
  const { ruleId, agentId } = query;
  const rows = await ctx.db.orm
    .select({ state: alertStates, draft: rules.draft, place })
    .from(alertStates)
    .innerJoin(rules, eq(rules.id, alertStates.ruleId))
    .where(
      and(
        eq(alertStates.accountId, ctx.account),
        eq(alertStates.state, "pending"),
        isNull(rules.deletedAt),
        ruleId ? eq(alertStates.ruleId, ruleId) : undefined,
        agentId ? eq(alertStates.agentId, agentId) : undefined,
        after
          ? sql`(${alertStates.since}, ${place}) < (${after.at.toISOString()}::timestamptz, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(desc(alertStates.since), desc(place))
    .limit(query.limit + 1);
  return pageFrom(
    rows,
    query.limit,
    (row) => ({ part: "", at: row.state.since, id: row.place }),
    ({ state, draft }) => ({
      ruleId: state.ruleId,
      ruleName: draft.name,
      kind: draft.condition.kind,
      severity: draft.severity,
      subject: state.subject,
      agentId: state.agentId,
      since: state.since.toISOString(),
      summary: state.summary,
      firesAt: state.dueAt?.toISOString() ?? null,
    }),
  );
}

/** The key of a state, in the order of the database whatever its collation. */
const place = sql<string>`(${alertStates.ruleId} || ' ' || ${alertStates.subjectKey}) collate "C"`;
