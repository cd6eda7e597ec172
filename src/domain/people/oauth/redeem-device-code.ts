import { eq } from "drizzle-orm";
import type { TokenAnswer } from "@/contracts/people/oauth";
import { deviceGrants, users } from "@/db/schema";
import { type Ctx, transact } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import { answerForPerson } from "./answer-for-person";
import { pollEveryMs } from "./lifetimes";
import { makeRefreshToken } from "./refresh-tokens";
import { OAuthRefusal } from "./refusal";
import { grantedScopes } from "./scopes";

/** How much sooner than allowed a question may come: what the network takes and clocks round. */
const graceMs = 500;

/**
 * A device asks whether it was let in. "Not yet" is an answer too; it is counted when asked too often, and each time
 * makes the wait longer. Once approved, the code works one time.
 */
export async function redeemDeviceCode(
  ctx: Ctx,
  { issuer, ip }: { issuer: string; ip: string | null },
  deviceCode: string,
): Promise<TokenAnswer> {
  // What was decided inside is thrown outside: a thrown transaction would undo the counting.
  const outcome = await transact(ctx, async (unit) => {
    const byCode = eq(deviceGrants.deviceHash, sha256Hex(deviceCode));
    const [grant] = await unit.tx.select().from(deviceGrants).where(byCode).for("update");
    if (!grant) return new OAuthRefusal("invalid_grant", "This device code is unknown, or was used.");
    const now = ctx.clock.now();
    if (grant.expiresAt <= now) {
      return new OAuthRefusal("expired_token", "Nobody answered in time. Ask for a new code.");
    }
    const sinceMs = grant.lastPolledAt ? now.getTime() - grant.lastPolledAt.getTime() : null;
    if (sinceMs !== null && sinceMs < grant.intervalMs - graceMs) {
      const intervalMs = grant.intervalMs + pollEveryMs;
      await unit.tx.update(deviceGrants).set({ lastPolledAt: now, intervalMs }).where(byCode);
      return new OAuthRefusal("slow_down", `Ask every ${intervalMs / 1_000} seconds from now on.`);
    }
    if (grant.state === "pending") {
      await unit.tx.update(deviceGrants).set({ lastPolledAt: now }).where(byCode);
      return new OAuthRefusal("authorization_pending", "Nobody has decided yet.");
    }
    await unit.tx.delete(deviceGrants).where(byCode);
    const [user] = grant.userId ? await unit.tx.select().from(users).where(eq(users.id, grant.userId)) : [];
    if (grant.state === "denied" || !user || user.disabledAt) {
      return new OAuthRefusal("access_denied", "This was refused.");
    }
    const row = {
      accountId: user.accountId,
      family: ctx.ids.id("fam"),
      userId: user.id,
      clientName: grant.clientName,
      scopes: grant.scopes,
      signedInAt: now,
      ip,
    };
    const scopes = grantedScopes(user.role, grant.scopes, null);
    return { user, row, scopes, next: await makeRefreshToken(ctx, unit.tx, row) };
  });
  if (outcome instanceof OAuthRefusal) throw outcome;
  return answerForPerson(ctx, issuer, outcome);
}
