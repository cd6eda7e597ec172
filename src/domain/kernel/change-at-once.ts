import type { PendingQuery, Row, Sql } from "postgres";
import type { NewFact } from "@/contracts/facts";
import type { Ctx } from "./ctx";
import { insertFacts } from "./insert-facts";

/** A part of a statement. */
type Part = (sql: Sql) => PendingQuery<Row[]>;

/**
 * A change whose outcome is known before it is made, in one statement where `transact` takes four: `change` changes
 * only rows that still are as they are thought to be, and returns those it did; only then the facts are written, and
 * true is the answer. After false nothing has happened, but for what `take` does: a part before it, whose rows it can
 * ask for as `taken`.
 */
export async function changeAtOnce(
  ctx: Ctx,
  change: Part,
  facts: readonly NewFact[],
  take?: Part,
): Promise<boolean> {
  const { sql } = ctx.db;
  const changed = await sql`
    with ${take ? sql`taken as (${take(sql)}),` : sql``}
    changed as (${change(sql)}),
    told as (${insertFacts(sql, ctx, facts, sql`where exists (select from changed)`)})
    select from changed`;
  if (changed.count === 0) return false;
  ctx.bus.publish("nudge.facts", null);
  return true;
}
