import { and, eq, gt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { challenges } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import type { ChallengeKind } from "./begin-challenge";

/** Takes the challenge away and answers it; null when there is none of this kind, it was used, or its time is over. */
export async function takeChallenge(
  ctx: Ctx,
  kind: ChallengeKind,
  token: string,
  from: Ctx["db"]["orm"] | Tx = ctx.db.orm,
): Promise<typeof challenges.$inferSelect | null> {
  const [taken] = await from
    .delete(challenges)
    .where(
      and(
        eq(challenges.hash, sha256Hex(token)),
        eq(challenges.kind, kind),
        gt(challenges.expiresAt, ctx.clock.now()),
      ),
    )
    .returning();
  return taken ?? null;
}
