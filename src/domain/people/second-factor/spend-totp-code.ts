import { and, eq, isNotNull, lt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { totpFactors } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { stepOfCode, totpPurpose } from "./totp";

/**
 * Whether `code` is right for the user's confirmed factor, and uses it up: neither it nor an older one works again,
 * also when two tries come at the same moment, since the newest used step only moves forward, in one statement.
 */
export async function spendTotpCode(
  ctx: Ctx,
  userId: string,
  code: string,
  from: Ctx["db"]["orm"] | Tx = ctx.db.orm,
): Promise<boolean> {
  const own = and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt));
  const [factor] = await from.select().from(totpFactors).where(own);
  if (!factor) return false;
  const step = stepOfCode(ctx.sealer.open(factor.sealedSecret, totpPurpose), code, ctx.clock.now());
  if (step === null) return false;
  const used = await from
    .update(totpFactors)
    .set({ lastStep: step })
    .where(and(own, eq(totpFactors.sealedSecret, factor.sealedSecret), lt(totpFactors.lastStep, step)))
    .returning({ userId: totpFactors.userId });
  return used.length > 0;
}
