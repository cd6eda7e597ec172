import { and, eq } from "drizzle-orm";
import type { RotateKey } from "@/contracts/fleet/agent";
import { agentKeys } from "@/db/schema";
import { agentRows } from "@/domain/fleet/agents/find-agent";
import { type Ctx, conflict, demand, notFound, transact } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import { shownPrefix } from "./insert-key";
import { keyOf } from "./key-of";

const minuteMs = 60_000;

/**
 * A new secret for a key, which keeps its id; the answer holds the secret this once. The one before stays good for
 * `overlapMinutes`, or until the new one is used for the first time. `conflict` for a revoked key, and while an
 * earlier secret is still good: three at once would be one forgotten.
 */
export async function rotateKey(ctx: Ctx, agentId: string, keyId: string, { overlapMinutes }: RotateKey) {
  demand(ctx, "agents:manage");
  const key = ctx.ids.secret("mca");
  const now = ctx.clock.now();
  return transact(ctx, async (unit) => {
    const { agent } = await agentRows(ctx, agentId, unit.tx);
    const own = and(eq(agentKeys.agentId, agentId), eq(agentKeys.id, keyId));
    const [row] = await unit.tx.select().from(agentKeys).where(own).for("update");
    if (!row) throw notFound("key of this agent");
    if (row.revokedAt) throw conflict("This key was revoked. Make a new one instead.");
    if (overlapMinutes !== 0 && keyOf(row, now).previous) {
      throw conflict(
        "This key was rotated before, and the secret before that is still good. Wait until the agent uses the new one, or rotate with no overlap.",
      );
    }
    const [rotated] = await unit.tx
      .update(agentKeys)
      .set({
        prefix: shownPrefix(key),
        hash: sha256Hex(key),
        rotatedAt: now,
        ...(overlapMinutes === 0
          ? { previousPrefix: null, previousHash: null, previousEndsAt: null }
          : {
              previousPrefix: row.prefix,
              previousHash: row.hash,
              previousEndsAt:
                overlapMinutes === undefined ? null : new Date(now.getTime() + overlapMinutes * minuteMs),
            }),
      })
      .where(own)
      .returning();
    if (!rotated) throw notFound("key of this agent");
    const shown = keyOf(rotated, now);
    unit.record({
      kind: "agent.key_rotated",
      target: { kind: "agent", id: agentId, name: agent.name },
      data: {
        keyId,
        prefix: shown.prefix,
        previous: row.prefix,
        previousEndsAt: shown.previous?.endsAt ?? null,
      },
    });
    if (!shown.previous) unit.afterCommit(() => ctx.bus.publish("keys.revoked", { agentId, keyId }));
    return { ...shown, key };
  });
}
