import { and, eq } from "drizzle-orm";
import { idempotencyKeys } from "@/db/schema";
import { canonicalJson } from "./chain";
import type { Ctx } from "./ctx";
import { conflict, invalid } from "./errors";

/** How long a repeat waits for the first request before it is told to come back, and how often it looks. */
const waitMs = 10_000;
const lookEveryMs = 50;
/** Answers may hold a secret that is shown once (an agent's key), so they are stored sealed. */
const purpose = "idempotency";

/** A key of a caller, and what was asked under it: fingerprints, the first of which is kept with the key. */
export type Once = { key: string; asked: [string, ...string[]] };

/**
 * What a caller asks of a procedure under an `Idempotency-Key`, null without one; `invalid` for a key that is none.
 * Requests hold passwords, so what is kept of one tells nobody who reads the database what it was.
 */
export function onceOf(ctx: Ctx, key: string | null, procedure: string, input: unknown): Once | null {
  if (key === null) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw invalid("The Idempotency-Key must be 1 to 200 visible ASCII characters, such as a UUID.");
  }
  return { key, asked: ctx.sealer.fingerprints(`${procedure}\n${canonicalJson(input)}`, purpose) };
}

/** Refuses the same key with another request than the one whose fingerprint is kept with it. */
export function demandSame(once: Once, kept: string): void {
  if (once.asked.includes(kept)) return;
  throw conflict("This Idempotency-Key was used for another request already. Take a new key for this one.");
}

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
  const once = ctx.actor.kind === "anonymous" ? null : onceOf(ctx, key, procedure, input);
  if (!once) return work();
  const own = and(
    eq(idempotencyKeys.accountId, ctx.account),
    eq(idempotencyKeys.actorId, ctx.actor.id),
    eq(idempotencyKeys.key, once.key),
  );
  const taken = await ctx.db.orm
    .insert(idempotencyKeys)
    .values({
      accountId: ctx.account,
      actorId: ctx.actor.id,
      key: once.key,
      requestHash: once.asked[0],
      createdAt: ctx.clock.now(),
    })
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
    demandSame(once, row.requestHash);
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
