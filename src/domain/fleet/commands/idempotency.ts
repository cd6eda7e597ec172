import { and, eq } from "drizzle-orm";
import type { PendingQuery, Row, Sql } from "postgres";
import { idempotencyKeys } from "@/db/schema";
import { type Ctx, demandSame, type Once } from "@/domain/kernel";

/**
 * The part of a statement that takes a key, with the answer that a repeat gets: no row when it is taken already. A repeat
 * that comes meanwhile waits here for the first one; that a refused request was rolled back leaves the key free.
 */
export function takeKey(
  sql: Sql,
  { account, actor, clock }: Ctx,
  once: Once,
  answer: unknown,
): PendingQuery<Row[]> {
  return sql`
    insert into idempotency_keys (account_id, actor_id, key, request_hash, answer, created_at)
    values (${account}, ${actor.id}, ${once.key}, ${once.asked[0]}, ${JSON.stringify(answer)}::text::jsonb,
      ${clock.now().toISOString()}::timestamptz)
    on conflict do nothing returning key`;
}

/** What was answered to the first request with this key, null when there was none; `conflict` when that was another one. */
export async function answerOf<Answer>(ctx: Ctx, once: Once): Promise<Answer | null> {
  const [known] = await ctx.db.orm
    .select()
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.accountId, ctx.account),
        eq(idempotencyKeys.actorId, ctx.actor.id),
        eq(idempotencyKeys.key, once.key),
      ),
    );
  if (!known) return null;
  demandSame(once, known.requestHash);
  return known.answer as Answer;
}
