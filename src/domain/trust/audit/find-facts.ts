import { and, desc, eq, gte, ilike, like, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Fact } from "@/contracts/facts";
import type { Page } from "@/contracts/kernel/page";
import type { AuditQuery } from "@/contracts/trust/audit";
import { facts } from "@/db/schema";
import { type Ctx, demand, factOf, numberCursor, pageOfRows } from "@/domain/kernel";

/** Facts of the account, newest first. The cursor is the last item's `seq`. */
export async function findFacts(ctx: Ctx, query: AuditQuery): Promise<Page<Fact>> {
  demand(ctx, "audit:read");
  const rows = await ctx.db.orm
    .select()
    .from(facts)
    .where(and(eq(facts.accountId, ctx.account), ...conditionsOf(query)))
    .orderBy(desc(facts.seq))
    .limit(query.limit + 1);
  return pageOfRows(rows, query.limit, factOf, ({ seq }) => String(seq));
}

function conditionsOf(query: AuditQuery): SQL[] {
  const { cursor, kind, actor, target, from, to, q } = query;
  const before = numberCursor(cursor);
  const wanted: (SQL | undefined | false)[] = [
    before !== null && lt(facts.seq, before),
    kind !== undefined &&
      (kind.endsWith(".") ? like(facts.kind, `${escaped(kind)}%`) : eq(facts.kind, sql`${kind}`)),
    actor !== undefined && isOrIsNamed(facts.actor, actor),
    target !== undefined && isOrIsNamed(facts.target, target),
    from !== undefined && gte(facts.at, new Date(from)),
    to !== undefined && lte(facts.at, new Date(to)),
    q !== undefined &&
      or(
        ilike(facts.kind, `%${escaped(q)}%`),
        ilike(facts.reason, `%${escaped(q)}%`),
        ilike(sql`${facts.actor}->>'name'`, `%${escaped(q)}%`),
        ilike(sql`${facts.target}->>'name'`, `%${escaped(q)}%`),
      ),
  ];
  return wanted.filter((condition) => condition !== undefined && condition !== false);
}

const isOrIsNamed = (column: typeof facts.actor | typeof facts.target, text: string) =>
  or(eq(sql`${column}->>'id'`, text), ilike(sql`${column}->>'name'`, `%${escaped(text)}%`));

const escaped = (text: string) => text.replace(/[\\%_]/g, "\\$&");
