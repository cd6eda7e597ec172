import type { Sql, TransactionSql } from "postgres";
import type { NewFact } from "@/contracts/facts";
import type { Ctx } from "./ctx";

/**
 * The part of a statement that writes facts into `facts_pending`, in order. `condition` is a `where`, such as that
 * another part of the same statement has changed something; without one they are written.
 */
export function insertFacts(
  sql: Sql | TransactionSql,
  ctx: Ctx,
  recorded: readonly NewFact[],
  condition = sql``,
) {
  const at = ctx.clock.now().toISOString();
  const rows = recorded.map(({ kind, target, reason, before, after, data }) => ({
    kind,
    target,
    reason,
    before,
    after,
    data: withPlace(ctx, kind, data),
  }));
  return sql`
    insert into facts_pending (account_id, kind, at, actor, target, reason, before, after, data, request_id)
    select ${ctx.account}, f.kind, ${at}::timestamptz, ${JSON.stringify(ctx.actor)}::text::jsonb,
      nullif(f.target, 'null'::jsonb), f.reason, nullif(f.before, 'null'::jsonb), nullif(f.after, 'null'::jsonb),
      nullif(f.data, 'null'::jsonb), ${ctx.requestId}
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as (kind text, target jsonb, reason text,
      before jsonb, after jsonb, data jsonb)) with ordinality as f(kind, target, reason, before, after, data, place)
    ${condition}
    order by f.place`;
}

/** Facts about people tell from where it was done, unless the verb knows a place that says more. */
function withPlace({ ip }: Ctx, kind: NewFact["kind"], data: NewFact["data"]): NewFact["data"] {
  if (!ip || !/^(security|user)\./.test(kind)) return data;
  return { ip, ...data };
}
