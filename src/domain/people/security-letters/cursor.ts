import { eq } from "drizzle-orm";
import { cursors } from "@/db/schema";
import { type Ground, lastFactSeq } from "@/domain/kernel";

const name = "security-letters";

/**
 * `seq` of the fact up to which every letter is out or given up. The very first time it is the end of the log: nobody
 * is told of what happened before there were letters.
 */
export async function lettersCursorSeq({ db }: Pick<Ground, "db">): Promise<number> {
  await db.orm
    .insert(cursors)
    .values({ name, seq: await lastFactSeq(db) })
    .onConflictDoNothing();
  const [row] = await db.orm.select({ seq: cursors.seq }).from(cursors).where(eq(cursors.name, name));
  return row?.seq ?? 0;
}

/** Moves it on, never back. */
export async function passLettersCursor({ db }: Pick<Ground, "db">, seq: number): Promise<void> {
  await db.sql`update cursors set seq = greatest(seq, ${seq}) where name = ${name}`;
}
