import { eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { type Ctx, conflict, transact } from "@/domain/kernel";
import type { Attempts } from "@/domain/people/sessions/attempts";
import { userTarget } from "@/domain/people/users/user-of";
import { freshMs } from "./demand-fresh-factor";
import { methodsOf } from "./factor-of";
import { ownUser } from "./own-user";
import { faultOfProof, methodOf, type Proof, wrongProof } from "./proof";
import { recordWrongProof } from "./record-wrong-proof";

/** Shows the second factor once more: this session may do the most dangerous acts for ten minutes. */
export async function stepUp(
  ctx: Ctx,
  proof: Proof,
  visitor: { ip: string | null },
  attempts: Attempts,
): Promise<{ freshUntil: string }> {
  const { user, sessionId } = await ownUser(ctx);
  const key = `second factor of ${user.id}`;
  await attempts.take(key);
  if ((await methodsOf(ctx.db.orm, user.id)).length === 0) {
    await attempts.forget(key);
    throw conflict("You have no second factor to show. Set one up first.");
  }
  const fault = await faultOfProof(ctx, user, proof);
  if (fault !== null) {
    const method = methodOf(proof);
    await recordWrongProof(ctx, user, { method, during: "step-up", because: fault, ip: visitor.ip });
    throw wrongProof(proof, "forbidden");
  }
  await attempts.forget(key);
  const now = ctx.clock.now();
  await transact(ctx, async (unit) => {
    await unit.tx.update(sessions).set({ stepUpAt: now }).where(eq(sessions.id, sessionId));
    unit.record({ kind: "security.stepped_up", target: userTarget(user), data: { ip: visitor.ip } });
  });
  return { freshUntil: new Date(now.getTime() + freshMs).toISOString() };
}
