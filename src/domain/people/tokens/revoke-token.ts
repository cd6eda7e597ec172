import { and, asc, eq, gt } from "drizzle-orm";
import type { PageQuery } from "@/contracts/kernel/page";
import { apiTokens } from "@/db/schema";
import { type Ctx, may, notFound, transact } from "@/domain/kernel";
import { tokenOf } from "./token-of";

/** One's own tokens; those who manage users see and revoke everyone's in the account. */
function reachable(ctx: Ctx) {
  const managesUsers = may(ctx, "users:manage");
  return and(
    eq(apiTokens.accountId, ctx.account),
    managesUsers ? undefined : eq(apiTokens.createdBy, ctx.actor.id),
  );
}

/** Tokens in order of creation, revoked ones too: the log speaks of them. The cursor is the last one's id. */
export async function findTokens(ctx: Ctx, query: PageQuery) {
  const rows = await ctx.db.orm
    .select()
    .from(apiTokens)
    .where(and(reachable(ctx), query.cursor ? gt(apiTokens.id, query.cursor) : undefined))
    .orderBy(asc(apiTokens.id))
    .limit(query.limit + 1);
  const items = rows.slice(0, query.limit).map(tokenOf);
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Takes effect with the next request; revoking again changes nothing. */
export async function revokeToken(ctx: Ctx, id: string) {
  return transact(ctx, async (unit) => {
    const [row] = await unit.tx
      .select()
      .from(apiTokens)
      .where(and(reachable(ctx), eq(apiTokens.id, id)))
      .for("update");
    if (!row) throw notFound("token");
    if (row.revokedAt) return tokenOf(row);
    const revokedAt = ctx.clock.now();
    await unit.tx.update(apiTokens).set({ revokedAt }).where(eq(apiTokens.id, id));
    unit.record({
      kind: "security.token_revoked",
      target: { kind: "token", id, name: row.name },
      after: { revokedAt: revokedAt.toISOString() },
    });
    return tokenOf({ ...row, revokedAt });
  });
}
