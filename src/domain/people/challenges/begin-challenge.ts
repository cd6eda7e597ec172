import { lt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { challenges } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";

export type ChallengeKind = (typeof challenges.$inferSelect)["kind"];

/**
 * Keeps `data` until the person comes back with the token that is answered: 32 random bytes, stored as a hash. Those
 * whose time is over are swept out on the way, so that the table holds minutes, not months.
 */
export async function beginChallenge(
  ctx: Ctx,
  given: {
    kind: ChallengeKind;
    userId: string | null;
    account: string;
    data: Record<string, unknown>;
    forMs: number;
  },
  from: Ctx["db"]["orm"] | Tx = ctx.db.orm,
): Promise<string> {
  const token = ctx.ids.bytes(32).toString("base64url");
  const now = ctx.clock.now();
  await from.delete(challenges).where(lt(challenges.expiresAt, now));
  await from.insert(challenges).values({
    hash: sha256Hex(token),
    accountId: given.account,
    userId: given.userId,
    kind: given.kind,
    data: given.data,
    createdAt: now,
    expiresAt: new Date(now.getTime() + given.forMs),
  });
  return token;
}
