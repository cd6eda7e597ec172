import { and, asc, eq } from "drizzle-orm";
import type { Passkey } from "@/contracts/people/passkey";
import { passkeys } from "@/db/schema";
import { type Ctx, notFound, transact } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { endSessions } from "@/domain/people/second-factor/end-sessions";
import { userTarget } from "@/domain/people/users/user-of";
import { passkeyOf } from "./passkey-of";

/** Only one's own, in whatever account: a passkey is nobody else's business, not even an admin's. */
const own = (ctx: Ctx, id?: string) =>
  and(
    eq(passkeys.accountId, ctx.account),
    eq(passkeys.userId, ctx.actor.id),
    id === undefined ? undefined : eq(passkeys.id, id),
  );

/** One's own passkeys, the oldest first. Tokens have none. */
export async function findOwnPasskeys(ctx: Ctx): Promise<Passkey[]> {
  const rows = await ctx.db.orm.select().from(passkeys).where(own(ctx)).orderBy(asc(passkeys.id));
  return rows.map(passkeyOf);
}

/** Another name for the same key. No fact: it changes what its owner reads, not who may come in. */
export async function renamePasskey(ctx: Ctx, input: { id: string; name: string }): Promise<Passkey> {
  const [row] = await ctx.db.orm
    .update(passkeys)
    .set({ name: input.name })
    .where(own(ctx, input.id))
    .returning();
  if (!row) throw notFound("passkey");
  return passkeyOf(row);
}

/**
 * With a fresh factor: the passkey opens nothing from now on, and every other session of the person ends: whoever removes one because it
 * was lost must not leave its finder signed in.
 */
export async function removePasskey(ctx: Ctx, id: string): Promise<void> {
  await demandFreshFactor(ctx, "passkey.remove");
  await transact(ctx, async (unit) => {
    const [row] = await unit.tx.delete(passkeys).where(own(ctx, id)).returning();
    if (!row) throw notFound("passkey");
    const sessionsEnded = await endSessions(ctx, unit, row.userId, ctx.sessionId ?? null);
    unit.record({
      kind: "security.second_factor_removed",
      target: userTarget(ctx.actor),
      data: { method: "passkey", passkey: row.id, name: row.name, sessionsEnded },
    });
  });
}
