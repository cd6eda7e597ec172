import type { Ground } from "@/domain/kernel";

/** A rehearsal looks back seven days; the eighth is there so that it sees seven whole ones. */
export const minutesKeptMs = 8 * 86_400_000;
const rowsAStatement = 20_000;

/** Deletes minutes and numbers that are older than is kept, in statements that hold their locks for a moment each. */
export async function forgetOldMinutes(
  { db, clock }: Pick<Ground, "db" | "clock">,
  signal: AbortSignal,
): Promise<number> {
  const before = new Date(clock.now().getTime() - minutesKeptMs).toISOString();
  let forgotten = 0;
  for (const table of ["metric_minutes", "metric_numbers"] as const) {
    for (let deleted = rowsAStatement; deleted === rowsAStatement && !signal.aborted; forgotten += deleted) {
      ({ count: deleted } = await db.sql`
        delete from ${db.sql(table)} where ctid = any(array(
          select m.ctid from accounts a cross join lateral (
            select ctid from ${db.sql(table)} m where m.account_id = a.id and m.at < ${before}::timestamptz
            limit ${rowsAStatement}) m
          limit ${rowsAStatement}))`);
    }
  }
  return forgotten;
}
