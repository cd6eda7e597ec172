import { eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { type Ctx, Refusal } from "@/domain/kernel";
import { type DangerousAct, dangerousActs } from "./dangerous-acts";
import { methodsOf } from "./factor-of";

/** How long a second factor that was shown counts as fresh. */
export const freshMs = 10 * 60_000;

/**
 * Before the most dangerous acts: refuses a session whose second factor was shown more than ten minutes ago, with
 * `details.stepUp`, so that a page can ask for a code and repeat the act. People without a factor are not asked; API
 * tokens and the break-glass token are exempt, since a program has no second factor to show: their making asks.
 */
export async function demandFreshFactor(ctx: Ctx, act: DangerousAct): Promise<void> {
  if (ctx.actor.kind !== "user" || !ctx.sessionId) return;
  const methods = await methodsOf(ctx.db.orm, ctx.actor.id);
  if (methods.length === 0) return;
  const [session] = await ctx.db.orm
    .select({ stepUpAt: sessions.stepUpAt })
    .from(sessions)
    .where(eq(sessions.id, ctx.sessionId));
  const since = session?.stepUpAt?.getTime();
  if (since !== undefined && ctx.clock.now().getTime() - since < freshMs) return;
  throw new Refusal(
    "forbidden",
    `${dangerousActs[act]} takes a fresh second factor: show a code of your app or a passkey (POST /v1/auth/step-up), then try again. It counts for ten minutes.`,
    { stepUp: true, act, methods },
  );
}
