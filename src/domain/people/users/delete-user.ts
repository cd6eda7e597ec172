import { and, eq, isNull } from "drizzle-orm";
import { accounts, apiTokens, sessions, users } from "@/db/schema";
import { type Ctx, conflict, demand, transact, type Unit } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { demandAnotherAdmin } from "./change-user";
import { userOf, userRow, userTarget } from "./user-of";

/**
 * Takes a person away for good: the row, sessions, factors, and what else hangs on it; their API tokens are revoked.
 * Facts stay and go on naming them, since each holds the name of its time. The address is free for a new user, who is
 * another one. The last admin who can sign in can't be deleted, and nobody deletes themselves.
 */
export async function deleteUser(ctx: Ctx, id: string): Promise<void> {
  demand(ctx, "users:manage");
  await demandFreshFactor(ctx, "user.delete");
  if (ctx.actor.kind === "user" && ctx.actor.id === id) {
    throw conflict("You can't delete yourself: another admin can.");
  }
  await transact(ctx, async (unit) => {
    // As with changes of a role: two admins who delete each other at the same moment would leave none.
    await unit.tx.select().from(accounts).where(eq(accounts.id, ctx.account)).for("update");
    const row = await userRow(ctx, id, unit.tx);
    if (row.role === "admin" && !row.disabledAt) await demandAnotherAdmin(unit.tx, ctx.account, id);
    const gone = await unit.tx.delete(sessions).where(eq(sessions.userId, id)).returning({ id: sessions.id });
    await revokeTokens(ctx, unit, id);
    await unit.tx.delete(users).where(eq(users.id, id));
    unit.record({
      kind: "user.deleted",
      target: userTarget(row),
      before: userOf(row),
      data: { sessionsEnded: gone.length },
    });
    unit.afterCommit(() => ctx.bus.publish("sessions.revoked", { userId: id, reason: "disabled" }));
  });
}

/** Revoked before their maker is forgotten: a token without a maker would speak with its own role. */
async function revokeTokens(ctx: Ctx, unit: Unit, id: string): Promise<void> {
  const revokedAt = ctx.clock.now();
  const revoked = await unit.tx
    .update(apiTokens)
    .set({ revokedAt })
    .where(and(eq(apiTokens.createdBy, id), isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id, name: apiTokens.name });
  await unit.tx.update(apiTokens).set({ createdBy: null }).where(eq(apiTokens.createdBy, id));
  for (const token of revoked) {
    unit.record({
      kind: "security.token_revoked",
      target: { kind: "token", ...token },
      before: { revokedAt: null },
      after: { revokedAt: revokedAt.toISOString() },
    });
  }
}
