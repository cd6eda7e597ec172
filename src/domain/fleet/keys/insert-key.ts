import { agentKeys } from "@/db/schema";
import type { Ctx, Unit } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";

/** First characters of a secret: enough to recognise it in a list, useless to come in with. */
export const shownPrefix = (secret: string): string => secret.slice(0, 10);

/** A fresh key of an agent. The key itself is in the answer and nowhere else. */
export async function insertKey(unit: Unit, ctx: Ctx, agentId: string) {
  const key = ctx.ids.secret("mca");
  const row = {
    id: ctx.ids.id("key"),
    accountId: ctx.account,
    agentId,
    prefix: shownPrefix(key),
    hash: sha256Hex(key),
    createdAt: ctx.clock.now(),
  };
  await unit.tx.insert(agentKeys).values(row);
  return { key, id: row.id, prefix: row.prefix, createdAt: row.createdAt };
}
