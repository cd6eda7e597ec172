import { and, eq, isNull } from "drizzle-orm";
import { refreshTokens, users } from "@/db/schema";
import { type Ctx, may, notFound, transact } from "@/domain/kernel";
import { userTarget } from "@/domain/people/users/user-of";
import { revokeFamily } from "./refresh-tokens";

/**
 * Signs a program out, at once: its refresh tokens, the access tokens that came by them, and its sockets. One's own,
 * or anyone's in the account for those who manage users.
 */
export async function revokeProgram(ctx: Ctx, family: string): Promise<void> {
  const managesUsers = may(ctx, "users:manage");
  await transact(ctx, async (unit) => {
    const [found] = await unit.tx
      .select({ user: users, name: refreshTokens.clientName })
      .from(refreshTokens)
      .innerJoin(users, eq(users.id, refreshTokens.userId))
      .where(
        and(
          eq(refreshTokens.family, family),
          eq(refreshTokens.accountId, ctx.account),
          isNull(refreshTokens.revokedAt),
          managesUsers ? undefined : eq(refreshTokens.userId, ctx.actor.id),
        ),
      )
      .limit(1);
    if (!found || (await revokeFamily(ctx, unit, family)) === 0) throw notFound("program");
    unit.record({
      kind: "security.session_revoked",
      target: userTarget(found.user),
      data: { client: found.name, family },
    });
  });
}
