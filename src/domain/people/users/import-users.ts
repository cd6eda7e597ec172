import { eq, inArray, sql } from "drizzle-orm";
import type { ImportedUser, ImportedUsers } from "@/contracts/people/import-users";
import { accounts, users } from "@/db/schema";
import { type Ctx, conflict, demand, transact } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { insertUser } from "./insert-user";

/**
 * Takes in people of another program with the bcrypt hashes of their passwords, all or none. The policy can't judge a
 * hash, so they sign in with what they have; the first sign-in makes a hash of ours of it. Whoever is here already is
 * left as they are.
 */
export async function importUsers(ctx: Ctx, people: readonly ImportedUser[]): Promise<ImportedUsers> {
  demand(ctx, "users:manage");
  await demandFreshFactor(ctx, "user.import");
  demandEachOnce(people);
  const addresses = people.map(({ email }) => email.toLowerCase());
  return transact(ctx, async (unit) => {
    await unit.tx.select().from(accounts).where(eq(accounts.id, ctx.account)).for("update");
    const here = await unit.tx
      .select({ email: sql<string>`lower(${users.email})` })
      .from(users)
      .where(inArray(sql`lower(${users.email})`, addresses));
    const known = new Set(here.map(({ email }) => email));
    const fresh = people.filter(({ email }) => !known.has(email.toLowerCase()));
    for (const { name, username, ...person } of fresh) {
      const called = name ?? username ?? person.email.split("@")[0] ?? person.email;
      const row = { ...person, name: called, username: username ?? null };
      await insertUser(ctx, unit, row, { imported: "bcrypt" });
    }
    return {
      made: fresh.length,
      present: people.map(({ email }) => email).filter((email) => known.has(email.toLowerCase())),
    };
  });
}

/** A list that names somebody twice is a mistake, and which of both is meant nobody can know. */
function demandEachOnce(people: readonly ImportedUser[]): void {
  for (const field of ["email", "username"] as const) {
    const seen = new Set<string>();
    for (const [index, person] of people.entries()) {
      const value = person[field]?.toLowerCase();
      if (value === undefined) continue;
      if (seen.has(value)) {
        throw conflict(`${person[field]} stands in the list twice; nothing was imported.`, {
          fields: [{ path: `users.${index}.${field}`, message: "stands in the list twice" }],
        });
      }
      seen.add(value);
    }
  }
}
