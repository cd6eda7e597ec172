import { type Ctx, demand, transact } from "@/domain/kernel";
import { endSessions } from "@/domain/people/second-factor/end-sessions";
import { userRow, userTarget } from "@/domain/people/users/user-of";

/**
 * Signs somebody out everywhere, programs too, for those who manage people; one's own present session stays. Answers
 * how many sessions ended. The person can sign in again: whoever must stay out is disabled.
 */
export async function endSessionsOf(ctx: Ctx, userId: string): Promise<number> {
  demand(ctx, "users:manage");
  const row = await userRow(ctx, userId);
  return transact(ctx, async (unit) => {
    const ended = await endSessions(ctx, unit, row.id, ctx.sessionId ?? null);
    unit.record({
      kind: "security.session_revoked",
      target: userTarget(row),
      before: { openSessions: ended },
      after: { openSessions: 0 },
      data: { all: true, sessions: ended },
    });
    return ended;
  });
}
