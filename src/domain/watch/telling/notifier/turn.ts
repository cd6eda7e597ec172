import { and, isNull, lte, min } from "drizzle-orm";
import { alertGroups } from "@/db/schema";
import { type Ground, readFacts, systemCtx } from "@/domain/kernel";
import { concernsTelling } from "./news";
import { takeFacts, tellDue } from "./take-facts";

const batchSize = 1_000;

/**
 * Reads the log from `fromSeq` to its end and tells of what it says. Neighbouring facts of one account are taken
 * together. Answers where it stands, how far the stored cursor was moved with the work (0: it was not), and how old the
 * oldest fact was that meant something.
 */
export async function tellFrom(
  ground: Ground,
  fromSeq: number,
  signal?: AbortSignal,
): Promise<{ seq: number; durableSeq: number; oldestMs: number }> {
  let seq = fromSeq;
  let durableSeq = 0;
  let oldestMs = 0;
  while (!signal?.aborted) {
    const facts = await readFacts(ground.db, seq, batchSize);
    const [first] = facts;
    const last = facts.at(-1);
    if (!first || !last) break;
    const other = facts.findIndex((fact) => fact.account !== first.account);
    const own = other < 0 ? facts : facts.slice(0, other);
    const telling = own.find(concernsTelling);
    if (telling) {
      oldestMs = Math.max(oldestMs, ground.clock.nowMs() - Date.parse(telling.at));
      seq = durableSeq = await takeFacts(systemCtx(ground, first.account), own);
    } else seq = own.at(-1)?.seq ?? seq;
    if (facts.length < batchSize && seq >= last.seq) break;
  }
  return { seq, durableSeq, oldestMs };
}

/** Looks at every group that is due. Answers when the next one is, and by how much the first of these was late. */
export async function tellWhatIsDue(
  ground: Ground,
  signal?: AbortSignal,
): Promise<{ next: Date | null; lateMs: number }> {
  let next = await nextLookAt(ground);
  const lateMs = next ? Math.max(0, ground.clock.nowMs() - next.getTime()) : 0;
  while (next && next <= ground.clock.now() && !signal?.aborted) {
    for (const account of await accountsDue(ground)) {
      let more = true;
      while (more && !signal?.aborted) more = await tellDue(systemCtx(ground, account));
    }
    next = await nextLookAt(ground);
  }
  return { next, lateMs };
}

/** When a group is to be looked at next, whatever its account; null: none is. */
async function nextLookAt({ db }: Pick<Ground, "db">): Promise<Date | null> {
  const [row] = await db.orm
    .select({ at: min(alertGroups.flushAt) })
    .from(alertGroups)
    .where(isNull(alertGroups.closedAt));
  return row?.at ?? null;
}

async function accountsDue({ db, clock }: Pick<Ground, "db" | "clock">): Promise<string[]> {
  const rows = await db.orm
    .selectDistinct({ account: alertGroups.accountId })
    .from(alertGroups)
    .where(and(isNull(alertGroups.closedAt), lte(alertGroups.flushAt, clock.now())));
  return rows.map(({ account }) => account);
}
