import { eq } from "drizzle-orm";
import { refreshTokens } from "@/db/schema";
import { type Ctx, transact } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import { revokeFamily } from "./refresh-tokens";

/** A program signs out (RFC 7009): the whole family ends. An unknown token is fine, it opens nothing. */
export async function revokeRefreshToken(ctx: Ctx, token: string): Promise<void> {
  const [row] = await ctx.db.orm
    .select()
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, sha256Hex(token)));
  if (!row) return;
  const actor = { kind: "token" as const, id: row.userId, name: row.clientName };
  await transact({ ...ctx, account: row.accountId, actor, role: null }, async (unit) => {
    if ((await revokeFamily(ctx, unit, row.family)) === 0) return;
    unit.record({
      kind: "security.logged_out",
      target: { kind: "user", id: row.userId, name: row.clientName },
      data: { client: row.clientName, family: row.family },
    });
  });
}
