import { and, eq, isNotNull } from "drizzle-orm";
import type { SecondFactorMethod } from "@/contracts/people/second-factor";
import type { Db, Tx } from "@/db/client";
import { passkeys, totpFactors } from "@/db/schema";

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
  const [totpSince, [passkey]] = await Promise.all([
    confirmedTotp(from, userId),
    from.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.userId, userId)).limit(1),
  ]);
  return [...(passkey ? ["passkey" as const] : []), ...(totpSince ? ["totp" as const] : [])];
}
