import { count, eq } from "drizzle-orm";
import type { SecondFactor } from "@/contracts/people/second-factor";
import { recoveryCodes } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { confirmedTotp } from "./factor-of";
import { requiredRoles } from "./policy";

/** How the account of the person who asks is protected; a token has nothing of it. */
export async function findSecondFactor(ctx: Ctx): Promise<SecondFactor> {
  if (ctx.actor.kind !== "user") return { totpSince: null, recoveryCodesLeft: 0, required: false };
  const { id } = ctx.actor;
  const [since, [codes], required] = await Promise.all([
    confirmedTotp(ctx.db.orm, id),
    ctx.db.orm.select({ left: count() }).from(recoveryCodes).where(eq(recoveryCodes.userId, id)),
    requiredRoles(ctx.db.orm, ctx.account),
  ]);
  return {
    totpSince: since?.toISOString() ?? null,
    recoveryCodesLeft: codes?.left ?? 0,
    required: ctx.role !== null && required.includes(ctx.role),
  };
}
