import type { z } from "zod";
import type { createJoinTokenSchema } from "@/contracts/fleet/agent";
import { joinTokens } from "@/db/schema";
import { ensureGroup } from "@/domain/fleet/groups/ensure-group";
import { shownPrefix } from "@/domain/fleet/keys/insert-key";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import { joinTokenOf } from "./token-of";

/** A token that lets new hosts enrol agents. The answer holds it this once; only its hash is stored. */
export async function createJoinToken(ctx: Ctx, wish: z.infer<typeof createJoinTokenSchema>) {
  demand(ctx, "agents:manage");
  const token = ctx.ids.secret("mcj");
  const now = ctx.clock.now();
  return transact(ctx, async (unit) => {
    const groupId = wish.group ? await ensureGroup(unit, ctx, wish.group) : null;
    const row = {
      id: ctx.ids.id("jot"),
      accountId: ctx.account,
      prefix: shownPrefix(token),
      hash: sha256Hex(token),
      groupId,
      usesLeft: wish.uses ?? null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + wish.expiresInMinutes * 60_000),
      revokedAt: null,
    };
    await unit.tx.insert(joinTokens).values(row);
    const shown = joinTokenOf(row, wish.group ?? null);
    unit.record({
      kind: "join_token.created",
      target: { kind: "token", id: row.id, name: row.prefix },
      after: shown,
    });
    return { ...shown, token };
  });
}
