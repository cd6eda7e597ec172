import { asc, isNotNull } from "drizzle-orm";
import { alertStates } from "@/db/schema";
import { type Ctx, type Ground, systemCtx, transact } from "@/domain/kernel";
import { readRules } from "../rules/find";
import { judgeDue } from "./judge";

/** When time moves something on next, in all of the installation; null when nothing waits for it. */
export async function nextDue({ db }: Pick<Ctx, "db">): Promise<{ account: string; dueAt: Date } | null> {
  const [row] = await db.orm
    .select({ account: alertStates.accountId, dueAt: alertStates.dueAt })
    .from(alertStates)
    .where(isNotNull(alertStates.dueAt))
    .orderBy(asc(alertStates.dueAt))
    .limit(1);
  return row?.dueAt ? { account: row.account, dueAt: row.dueAt } : null;
}

/**
 * Moves on what is due by now, in as many transactions as it takes. Answers when the next is due, and how late the
 * latest was, in ms.
 */
export async function evaluateDue(
  ground: Ground,
  signal?: AbortSignal,
): Promise<{ nextAt: Date | null; lagMs: number }> {
  let lagMs = 0;
  for (;;) {
    const next = await nextDue(ground);
    const now = ground.clock.now();
    if (!next || next.dueAt > now || signal?.aborted) return { nextAt: next?.dueAt ?? null, lagMs };
    lagMs = Math.max(lagMs, now.getTime() - next.dueAt.getTime());
    const ctx = systemCtx(ground, next.account);
    const judged = await transact(ctx, async (unit) =>
      judgeDue(ctx, unit, await readRules(ctx, unit.tx), now),
    );
    // Another evaluator, at a change of the lease, holds what is due.
    if (judged === 0) return { nextAt: null, lagMs };
  }
}
