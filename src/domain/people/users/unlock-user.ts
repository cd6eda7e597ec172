import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { type Ctx, demand, notFound, transact, type Unit } from "@/domain/kernel";
import { type UserRow, userByIdentifier, userTarget } from "./user-of";

/** The rescue path: lets in again whoever has this address. Says whether there was a lock. */
export async function unlockUser(ctx: Ctx, email: string): Promise<{ id: string; wasLocked: boolean }> {
  demand(ctx, "users:manage");
  const row = await userByIdentifier(ctx.db.orm, email);
  if (!row || row.accountId !== ctx.account) throw notFound("user");
  return transact(ctx, async (unit) => ({ id: row.id, wasLocked: await unlock(ctx, unit, row) }));
}

/** Takes away the lock and what was counted. An account that was not locked leaves no fact. */
export async function unlock(ctx: Ctx, unit: Unit, row: UserRow): Promise<boolean> {
  await unit.tx.update(users).set({ failedLogins: 0, lockedUntil: null }).where(eq(users.id, row.id));
  if (!row.lockedUntil || row.lockedUntil <= ctx.clock.now()) return false;
  unit.record({
    kind: "security.account_unlocked",
    target: userTarget(row),
    before: { lockedUntil: row.lockedUntil.toISOString() },
    after: { lockedUntil: null },
  });
  return true;
}
