import { and, eq } from "drizzle-orm";
import { idempotencyKeys } from "@/db/schema";
import { type Ctx, conflict, type Unit } from "@/domain/kernel";
import { canonicalJson } from "@/domain/kernel/chain";
import { sha256Hex } from "@/platform/crypto";

/**
 * Does `work` once for each key of an actor: a repeat gets the first answer and does nothing, also while the first
 * is still on its way (it waits on the row). The same key with another request is a `conflict`. A request that was
 * refused leaves no trace, since its transaction is rolled back: it may be tried again under its key.
 */
export async function answerOnce<Answer>(
  unit: Unit,
  ctx: Ctx,
  key: string | null,
  request: unknown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (key === null) return work();
  const row = { accountId: ctx.account, actorId: ctx.actor.id, key };
  const requestHash = sha256Hex(canonicalJson(JSON.parse(JSON.stringify(request))));
  const own = and(
    eq(idempotencyKeys.accountId, row.accountId),
    eq(idempotencyKeys.actorId, row.actorId),
    eq(idempotencyKeys.key, key),
  );
  const made = await unit.tx
    .insert(idempotencyKeys)
    .values({ ...row, requestHash, createdAt: ctx.clock.now() })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (made.length > 0) {
    const answer = await work();
    unit.send(unit.tx.update(idempotencyKeys).set({ answer }).where(own));
    return answer;
  }
  const [known] = await unit.tx.select().from(idempotencyKeys).where(own);
  if (known?.requestHash !== requestHash) {
    throw conflict(
      "This Idempotency-Key was used for another request already. Use a new key for a new request.",
    );
  }
  return known.answer as Answer;
}
