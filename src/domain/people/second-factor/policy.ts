import { and, eq } from "drizzle-orm";
import type { Role } from "@/contracts/people/role";
import { roles } from "@/contracts/people/role";
import type { Db, Tx } from "@/db/client";
import { settings } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { demandFreshFactor } from "./demand-fresh-factor";
import { policyKey } from "./policy-key";

/** Roles that must have a second factor, in the order of the roles. */
export async function requiredRoles(from: Db["orm"] | Tx, account: string): Promise<Role[]> {
  const [row] = await from.select({ value: settings.value }).from(settings).where(ofAccount(account));
  const kept: unknown[] = Array.isArray(row?.value) ? row.value : [];
  return roles.filter((role) => kept.includes(role));
}

/**
 * Sets which roles must have a second factor. It counts with the next request: who has none sees only the page to
 * set one up, and open live connections of these roles close and come back only then.
 */
export async function requireSecondFactor(ctx: Ctx, wish: readonly Role[]): Promise<Role[]> {
  demand(ctx, "settings:manage");
  await demandFreshFactor(ctx, "factor.set-policy");
  const after = roles.filter((role) => wish.includes(role));
  return transact(ctx, async (unit) => {
    const before = await requiredRoles(unit.tx, ctx.account);
    if (before.join() === after.join()) return after;
    const value = { value: after, changedAt: ctx.clock.now() };
    await unit.tx
      .insert(settings)
      .values({ accountId: ctx.account, key: policyKey, ...value })
      .onConflictDoUpdate({ target: [settings.accountId, settings.key], set: value });
    unit.record({
      kind: "setting.changed",
      target: { kind: "setting", id: policyKey, name: "Second factor required" },
      before: { requiredFor: before },
      after: { requiredFor: after },
    });
    return after;
  });
}

const ofAccount = (account: string) => and(eq(settings.accountId, account), eq(settings.key, policyKey));
