import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { type Ctx, transact } from "@/domain/kernel";
import { type UserRow, userTarget } from "@/domain/people/users";
import { openSessions } from "./session-keeper";

export type Visitor = { ip: string | null; userAgent: string | null };

/** Makes a session and its fact together and answers the token for the cookie: 32 random bytes, stored as a hash. */
export async function beginSession(ctx: Ctx, user: UserRow, visitor: Visitor): Promise<string> {
  const token = ctx.ids.bytes(32).toString("base64url");
  const actor = { kind: "user" as const, id: user.id, name: user.name };
  await transact({ ...ctx, account: user.accountId, actor, role: user.role }, async (unit) => {
    const userAgent = visitor.userAgent?.slice(0, 300) ?? null;
    await openSessions(unit.tx, ctx.clock).createSession(
      user.id,
      { accountId: user.accountId, ip: visitor.ip, userAgent },
      { sessionId: token },
    );
    await unit.tx.update(users).set({ lastLoginAt: ctx.clock.now() }).where(eq(users.id, user.id));
    unit.record({
      kind: "security.login_succeeded",
      target: userTarget(user),
      data: { ip: visitor.ip, userAgent },
    });
  });
  return token;
}
