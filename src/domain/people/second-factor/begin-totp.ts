import { isNull } from "drizzle-orm";
import { toString as drawQr } from "qrcode";
import { totpFactors } from "@/db/schema";
import { type Ctx, conflict } from "@/domain/kernel";
import { ownUser } from "./own-user";
import { newTotpSecret, totpPurpose, totpUrl } from "./totp";

/**
 * Makes a secret for the person's authenticator app and draws it, here: no other machine sees it. It counts only
 * once `confirmTotp` has seen a code of it; beginning again before that replaces it.
 */
export async function beginTotp(ctx: Ctx): Promise<{ secret: string; url: string; qrSvg: string }> {
  const { user } = await ownUser(ctx);
  const secret = newTotpSecret(ctx.ids);
  const fresh = {
    sealedSecret: ctx.sealer.seal(secret, totpPurpose),
    createdAt: ctx.clock.now(),
    lastStep: 0,
  };
  const begun = await ctx.db.orm
    .insert(totpFactors)
    .values({ ...fresh, userId: user.id, accountId: user.accountId })
    .onConflictDoUpdate({
      target: totpFactors.userId,
      set: fresh,
      setWhere: isNull(totpFactors.confirmedAt),
    })
    .returning({ userId: totpFactors.userId });
  if (begun.length === 0) {
    throw conflict("You have an authenticator app already. Remove it first to set up another one.");
  }
  const url = totpUrl(secret, user.email);
  return { secret, url, qrSvg: await drawQr(url, { type: "svg", margin: 2, errorCorrectionLevel: "M" }) };
}
