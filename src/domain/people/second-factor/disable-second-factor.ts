import { type Ctx, demand, notFound, transact } from "@/domain/kernel";
import { userByIdentifier } from "@/domain/people/users/user-of";
import { removeFactors } from "./remove-factors";

/**
 * The rescue path: takes the authenticator app and the passkeys of whoever has this address away and ends every
 * session, for the admin who lost the phone. Answers whether there was anything to take.
 */
export async function disableSecondFactor(
  ctx: Ctx,
  email: string,
): Promise<{ id: string; removed: boolean }> {
  demand(ctx, "users:manage");
  const user = await userByIdentifier(ctx.db.orm, email);
  if (!user || user.accountId !== ctx.account) throw notFound("user");
  return transact(ctx, async (unit) => ({ id: user.id, removed: await removeFactors(ctx, unit, user) }));
}
