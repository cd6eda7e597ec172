import { and, asc, eq, gt, inArray, lte } from "drizzle-orm";
import type { Fact, FactKind } from "@/contracts/facts";
import { facts } from "@/db/schema";
import { type Ctx, factOf } from "@/domain/kernel";
import type { Bounds } from "./stage";

const pageRows = 2_000;
/** Facts are stamped so long after they happened at most, in all but an outage of ours. */
const stampedWithinMs = 300_000;

/** Facts of these kinds in the order of the log, a page at a time. */
export async function* storedFacts(
  { account, db }: Pick<Ctx, "account" | "db">,
  kinds: readonly FactKind[],
  { afterSeq, throughSeq }: { afterSeq: number; throughSeq: number },
  bounds: Bounds,
): AsyncGenerator<Fact> {
  let after = afterSeq;
  while (after < throughSeq) {
    await bounds.breathe();
    const rows = await db.orm
      .select()
      .from(facts)
      .where(
        and(
          eq(facts.accountId, account),
          gt(facts.seq, after),
          lte(facts.seq, throughSeq),
          inArray(facts.kind, [...kinds]),
        ),
      )
      .orderBy(asc(facts.seq))
      .limit(pageRows);
    for (const row of rows) {
      yield factOf(row);
      await bounds.breathe();
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageRows) return;
    after = last.seq;
  }
}

/**
 * A place in the log before everything that happened from `at` on. Found by halves: the log is nearly in the order of
 * its times and has no index of them.
 */
export async function seqBefore({ account, db }: Pick<Ctx, "account" | "db">, at: Date): Promise<number> {
  const wanted = new Date(at.getTime() - stampedWithinMs).toISOString();
  let low = 0;
  let high = await headSeq({ account, db });
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    // The account's first fact from the middle on: the place itself may be another account's.
    const [found] = await db.sql<{ before: boolean }[]>`
      select at < ${wanted}::timestamptz as before from facts
      where account_id = ${account} and seq >= ${middle} order by seq limit 1`;
    if (found?.before) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The end of the account's log, 0 when there is none. */
export async function headSeq({ account, db }: Pick<Ctx, "account" | "db">): Promise<number> {
  const [head] = await db.sql<{ seq: number }[]>`
    select f.seq::float8 as seq from facts f where f.account_id = ${account} order by f.seq desc limit 1`;
  return head?.seq ?? 0;
}
