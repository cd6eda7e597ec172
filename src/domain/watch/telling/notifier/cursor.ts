import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { cursors } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";

/** The notifier's place in the log; it moves in the transaction that does the work, so a crash repeats or loses nothing. */
const name = "notify";

/** How far the notifier has read; 0 at the very first start. */
export async function notifyCursorSeq({ db }: Pick<Ctx, "db">): Promise<number> {
  const [row] = await db.orm.select({ seq: cursors.seq }).from(cursors).where(eq(cursors.name, name));
  return row?.seq ?? 0;
}

/** Notes that everything up to here is read and nothing more was to do. */
export async function passNotifyCursor({ db }: Pick<Ctx, "db">, seq: number): Promise<void> {
  await db.sql`
    insert into cursors (name, seq) values (${name}, ${seq})
    on conflict (name) do update set seq = greatest(cursors.seq, excluded.seq)`;
}

/** Locks the cursor until the transaction ends: two notifiers at once take turns, whatever they were about to do. */
export async function lockNotifyCursor(tx: Tx): Promise<number> {
  const find = () => tx.select().from(cursors).where(eq(cursors.name, name)).for("update");
  const [row] = await find();
  if (row) return row.seq;
  await tx.insert(cursors).values({ name, seq: 0 }).onConflictDoNothing();
  return (await find())[0]?.seq ?? 0;
}

export async function moveNotifyCursor(tx: Tx, seq: number): Promise<void> {
  await tx.update(cursors).set({ seq }).where(eq(cursors.name, name));
}
