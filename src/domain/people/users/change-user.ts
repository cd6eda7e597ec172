import { and, count, eq, isNull, ne } from "drizzle-orm";
import type { Role } from "@/contracts/people/role";
import type { User } from "@/contracts/people/user";
import type { Tx } from "@/db/client";
import { accounts, sessions, users } from "@/db/schema";
import { type Ctx, conflict, demand, isDuplicate, transact, type Unit } from "@/domain/kernel";
import { revokeRefreshTokens } from "@/domain/people/oauth/refresh-tokens";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { usernameTaken } from "./insert-user";
import { unlock } from "./unlock-user";
import { type UserRow, userOf, userRow, userTarget } from "./user-of";

export type UserChange = {
  id: string;
  name?: string;
  username?: string | null;
  role?: Role;
  disabled?: boolean;
  unlock?: true;
};

/**
 * Changes what is given and leaves the rest. A disabled user loses every session at once; one whose role changed
 * loses the open sockets, which come back with the new role. The last admin who can sign in stays one. `unlock` takes
 * away the lock of wrong passwords.
 */
export async function changeUser(ctx: Ctx, change: UserChange): Promise<User> {
  demand(ctx, "users:manage");
  if (change.role !== undefined) await demandFreshFactor(ctx, "user.change-role");
  if (change.disabled === true) await demandFreshFactor(ctx, "user.disable");
  return transact(ctx, async (unit) => {
    // Two admins who demote each other at the same moment would leave none: changes go one after the other.
    await unit.tx.select().from(accounts).where(eq(accounts.id, ctx.account)).for("update");
    const before = await userRow(ctx, change.id, unit.tx);
    const losesAdmin =
      before.role === "admin" &&
      !before.disabledAt &&
      (change.disabled === true || (change.role ?? "admin") !== "admin");
    if (losesAdmin) await demandAnotherAdmin(unit.tx, ctx.account, before.id);

    if (change.unlock) await unlock(ctx, unit, before);
    const after = { ...before, ...changesOf(ctx, before, change) };
    if (stored.every((field) => after[field] === before[field])) return userOf(after);
    await storeChange(unit, after);
    if (after.disabledAt && !before.disabledAt) {
      await unit.tx.delete(sessions).where(eq(sessions.userId, before.id));
      await revokeRefreshTokens(ctx, unit, before.id);
    }
    recordChange(ctx, unit, before, after);
    return userOf(after);
  });
}

const stored = ["name", "username", "role", "disabledAt"] as const;

async function storeChange(unit: Unit, { id, name, username, role, disabledAt }: UserRow): Promise<void> {
  try {
    await unit.tx.update(users).set({ name, username, role, disabledAt }).where(eq(users.id, id));
  } catch (error) {
    if (isDuplicate(error, "users_by_username")) throw usernameTaken();
    throw error;
  }
}

function changesOf(ctx: Ctx, before: UserRow, change: UserChange): Partial<UserRow> {
  const changes: Partial<UserRow> = {};
  if (change.name !== undefined) changes.name = change.name;
  if (change.username !== undefined) changes.username = change.username;
  if (change.role !== undefined) changes.role = change.role;
  if (change.disabled === true && !before.disabledAt) changes.disabledAt = ctx.clock.now();
  if (change.disabled === false) changes.disabledAt = null;
  if (change.unlock) changes.lockedUntil = null;
  return changes;
}

/** Refuses when `id` is the only admin of the account who can sign in. */
export async function demandAnotherAdmin(tx: Tx, account: string, id: string): Promise<void> {
  const [others] = await tx
    .select({ count: count() })
    .from(users)
    .where(
      and(eq(users.accountId, account), eq(users.role, "admin"), isNull(users.disabledAt), ne(users.id, id)),
    );
  if (!others || others.count === 0) {
    throw conflict(
      "This is the last admin who can sign in: without one, nobody could manage users any more. Make another admin first.",
    );
  }
}

function recordChange(ctx: Ctx, unit: Unit, before: UserRow, after: UserRow): void {
  const target = userTarget(after);
  const was = userOf(before);
  const is = userOf(after);
  if (was.name !== is.name || was.username !== is.username) {
    const names = ({ name, username }: User) => ({ name, username });
    unit.record({ kind: "user.changed", target, before: names(was), after: names(is) });
  }
  if (was.role !== is.role) {
    unit.record({ kind: "user.role_changed", target, before: { role: was.role }, after: { role: is.role } });
    unit.afterCommit(() => ctx.bus.publish("sessions.revoked", { userId: after.id, reason: "role" }));
  }
  if (was.disabledAt !== is.disabledAt) {
    const kind = is.disabledAt ? "user.disabled" : "user.enabled";
    unit.record({
      kind,
      target,
      before: { disabledAt: was.disabledAt },
      after: { disabledAt: is.disabledAt },
    });
    if (is.disabledAt) {
      unit.afterCommit(() => ctx.bus.publish("sessions.revoked", { userId: after.id, reason: "disabled" }));
    }
  }
}
