import { and, eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { type Ctx, transact } from "@/domain/kernel";
import { hashPassword, isForeignHash } from "@/platform/crypto";
import { type UserRow, userTarget } from "./user-of";

/** After a right password: a hash that came from elsewhere gives way to one of ours. For all others, nothing. */
export async function rehashPassword(ctx: Ctx, row: UserRow, password: string): Promise<void> {
  const before = row.passwordHash;
  if (before === null || !isForeignHash(before)) return;
  const passwordHash = await hashPassword(password);
  const actor = { kind: "user" as const, id: row.id, name: row.name };
  await transact({ ...ctx, account: row.accountId, actor, role: row.role }, async (unit) => {
    const changed = await unit.tx
      .update(users)
      .set({ passwordHash })
      // Another sign-in, or a new password, may have come first.
      .where(and(eq(users.id, row.id), eq(users.passwordHash, before)))
      .returning({ id: users.id });
    if (changed.length === 0) return;
    unit.record({
      kind: "security.password_rehashed",
      target: userTarget(row),
      data: { from: "bcrypt", to: "argon2id" },
    });
  });
}
