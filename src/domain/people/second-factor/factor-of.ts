import { and, eq, isNotNull } from "drizzle-orm";
import type { SecondFactorMethod } from "@/contracts/people/second-factor";
import type { Db, Tx } from "@/db/client";
import { totpFactors } from "@/db/schema";

/** The user's confirmed authenticator app: since when, or null. */
export async function confirmedTotp(from: Db["orm"] | Tx, userId: string): Promise<Date | null> {
  const [factor] = await from
    .select({ confirmedAt: totpFactors.confirmedAt })
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt)));
  return factor?.confirmedAt ?? null;
}

/** Second factors that a sign-in by password has to be finished with; empty: the password is enough. */
export async function methodsOf(from: Db["orm"] | Tx, userId: string): Promise<SecondFactorMethod[]> {
  return (await confirmedTotp(from, userId)) ? ["totp"] : [];
}
