import { and, eq } from "drizzle-orm";
import { idempotencyKeys } from "@/db/schema";
import { sha256Hex } from "@/platform/crypto";
import { canonicalJson } from "./chain";
import type { Ctx } from "./ctx";
import { conflict, invalid } from "./errors";

/** How long a repeat waits for the first request before it is told to come back, and how often it looks. */
const waitMs = 10_000;
const lookEveryMs = 50;
/** Answers may hold a secret that is shown once (an agent's key), so they are stored sealed. */
const purpose = "idempotency";

/**
 * Does `work` once for an `Idempotency-Key`: a repeat of the same request gets the same answer and does nothing, a
 * repeat that comes while the first one is running waits for it. The same key with another request is a conflict.
 * Refused or failed work leaves no trace, so that it may be tried again. `key` null: just does the work. Keys are
 * each caller's own; an anonymous caller has none, since strangers must not read each other's answers.
 */
export async function withIdempotency<Answer>(
  ctx: Ctx,
  key: string | null,
  procedure: string,
  input: unknown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (key === null || ctx.actor.kind === "anonymous") return work();
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw invalid("The Idempotency-Key must be 1 to 200 visible ASCII characters, such as a UUID.");
  }
  const own = and(
    eq(idempotencyKeys.accountId, ctx.account),
    eq(idempotencyKeys.actorId, ctx.actor.id),
    eq(idempotencyKeys.key, key),
  );
  const requestHash = sha256Hex(`${procedure}\n${canonicalJson(input)}`);
  const taken = await ctx.db.orm
    .insert(idempotencyKeys)
    .values({ accountId: ctx.account, actorId: ctx.actor.id, key, requestHash, createdAt: ctx.clock.now() })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });

  if (taken.length > 0) {
    try {
      const answer = await work();
      const sealed = ctx.sealer.seal(JSON.stringify({ answer }), purpose);
      await ctx.db.orm.update(idempotencyKeys).set({ answer: sealed }).where(own);
      return answer;
    } catch (error) {
      await ctx.db.orm.delete(idempotencyKeys).where(own);
      throw error;
    }
  }

  for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
    const [row] = await ctx.db.orm.select().from(idempotencyKeys).where(own);
    if (!row) return withIdempotency(ctx, key, procedure, input, work);
    if (row.requestHash !== requestHash) {
      throw conflict(
        "This Idempotency-Key was used for another request already. Take a new key for this one.",
      );
    }
    if (typeof row.answer === "string") return JSON.parse(ctx.sealer.open(row.answer, purpose)).answer;
    if (waitedMs >= waitMs) {
      throw conflict(
        "The first request with this Idempotency-Key has not answered: it is still running, or the server went down " +
          "in it. Look whether it was done before you try again with a new key.",
      );
    }
    await ctx.clock.sleep(lookEveryMs);
  }
}
