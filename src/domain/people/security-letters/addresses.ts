import { and, eq } from "drizzle-orm";
import type { Fact } from "@/contracts/facts";
import { users } from "@/db/schema";
import type { Ground } from "@/domain/kernel";

/**
 * Where the person of a fact is written to: the address of now and, after a change of address, the one before, which
 * whoever took the account does not read. Empty when the person is gone.
 */
export async function addressesOf(
  { db }: Pick<Ground, "db">,
  { account, target, before }: Fact,
): Promise<{ to: string; name: string }[]> {
  const [row] = await db.orm
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(and(eq(users.accountId, account), eq(users.id, target?.id ?? "")));
  if (!row) return [];
  const old = typeof before?.email === "string" ? before.email : row.email;
  return [...new Set([row.email, old])].map((to) => ({ to, name: row.name }));
}
