/**
 * The notifier's verbs: facts of the log become groups, groups that are due become messages in the outbox. Not part
 * of the door of `telling`, since what is pure there is read by the rooms that this one reads.
 */
import { and, isNull, lte, min } from "drizzle-orm";
import { alertGroups } from "@/db/schema";
import type { Ground } from "@/domain/kernel";

export { notifyCursorSeq, passNotifyCursor } from "./cursor";
export { concernsTelling } from "./news";
export { takeFacts, tellDue } from "./take-facts";

/** When a group is to be looked at next, whatever its account; null: none is. */
export async function nextLookAt({ db }: Pick<Ground, "db">): Promise<Date | null> {
  const [row] = await db.orm
    .select({ at: min(alertGroups.flushAt) })
    .from(alertGroups)
    .where(isNull(alertGroups.closedAt));
  return row?.at ?? null;
}

/** Accounts that have groups to look at now. */
export async function accountsDue({ db, clock }: Pick<Ground, "db" | "clock">): Promise<string[]> {
  const rows = await db.orm
    .selectDistinct({ account: alertGroups.accountId })
    .from(alertGroups)
    .where(and(isNull(alertGroups.closedAt), lte(alertGroups.flushAt, clock.now())));
  return rows.map(({ account }) => account);
}
