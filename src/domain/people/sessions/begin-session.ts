import { eq } from "drizzle-orm";
import { type sessions, users } from "@/db/schema";
import { type Ctx, transact } from "@/domain/kernel";
import { type UserRow, userTarget } from "@/domain/people/users";
import { openSessions } from "./session-keeper";

export type Visitor = { ip: string | null; userAgent: string | null };

/** How the person proved who they are, and what follows from it. */
export type Entrance = {
  cameBy: (typeof sessions.$inferSelect)["cameBy"];
  /** A second factor was shown just now. */
  steppedUp?: boolean;
  /** The session ends then at the latest: the identity provider's token does. */
  endsBy?: Date;
};

/** Makes a session and its fact together and answers the token for the cookie: 32 random bytes, stored as a hash. */
export async function beginSession(
  ctx: Ctx,
  user: UserRow,
  visitor: Visitor,
  entrance: Entrance,
): Promise<string> {
  const token = ctx.ids.bytes(32).toString("base64url");
  const actor = { kind: "user" as const, id: user.id, name: user.name };
  await transact({ ...ctx, account: user.accountId, actor, role: user.role }, async (unit) => {
    const userAgent = visitor.userAgent?.slice(0, 300) ?? null;
    await openSessions(unit.tx, ctx).createSession(
      user.id,
      {
        accountId: user.accountId,
        ip: visitor.ip,
        userAgent,
        cameBy: entrance.cameBy,
        stepUpAt: entrance.steppedUp ? ctx.clock.now() : null,
        endsBy: entrance.endsBy ?? null,
      },
      { sessionId: token },
    );
    await unit.tx.update(users).set({ lastLoginAt: ctx.clock.now() }).where(eq(users.id, user.id));
    unit.record({
      kind: "security.login_succeeded",
      target: userTarget(user),
      data: { ip: visitor.ip, userAgent, cameBy: entrance.cameBy },
    });
  });
  return token;
}
