import { and, eq } from "drizzle-orm";
import type { MachineClient, RotateClient } from "@/contracts/people/oauth";
import { oauthClients } from "@/db/schema";
import { type Ctx, conflict, demand, notFound, transact } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { sha256Hex } from "@/platform/crypto";
import { clientOf, shownPrefix } from "./client-of";

const minuteMs = 60_000;

/**
 * A new secret for a machine client, which keeps its id; the answer holds the secret this once. The one before stays
 * good for `overlapMinutes`, or until the new one is used for the first time, so that nothing stands still while it is
 * carried to where it is needed. `conflict` for a revoked client, and while an earlier secret is still good. Access
 * tokens that were given out live their ten minutes: whoever must end those too revokes the client.
 */
export async function rotateClient(
  ctx: Ctx,
  id: string,
  { overlapMinutes }: RotateClient,
): Promise<MachineClient & { secret: string }> {
  demand(ctx, "users:manage");
  await demandFreshFactor(ctx, "client.rotate");
  const secret = ctx.ids.secret("mcs");
  const now = ctx.clock.now();
  return transact(ctx, async (unit) => {
    const own = and(eq(oauthClients.accountId, ctx.account), eq(oauthClients.id, id));
    const [row] = await unit.tx.select().from(oauthClients).where(own).for("update");
    if (!row) throw notFound("client");
    if (row.revokedAt) throw conflict("This client was revoked. Make a new one instead.");
    const before = clientOf(row, now);
    if (overlapMinutes !== 0 && before.previous) {
      throw conflict(
        "This client was rotated before, and its secret before that is still good. Wait until the new one is used, or rotate with no overlap.",
      );
    }
    const [rotated] = await unit.tx
      .update(oauthClients)
      .set({
        secretHash: sha256Hex(secret),
        secretPrefix: shownPrefix(secret),
        rotatedAt: now,
        ...(overlapMinutes === 0
          ? { previousSecretHash: null, previousSecretPrefix: null, previousEndsAt: null }
          : {
              previousSecretHash: row.secretHash,
              previousSecretPrefix: row.secretPrefix,
              previousEndsAt:
                overlapMinutes === undefined ? null : new Date(now.getTime() + overlapMinutes * minuteMs),
            }),
      })
      .where(own)
      .returning();
    if (!rotated) throw notFound("client");
    const after = clientOf(rotated, now);
    unit.record({
      kind: "security.client_rotated",
      target: { kind: "client", id, name: row.name },
      before: { secretPrefix: before.secretPrefix, rotatedAt: before.rotatedAt },
      after: { secretPrefix: after.secretPrefix, rotatedAt: after.rotatedAt, previous: after.previous },
    });
    return { ...after, secret };
  });
}
