import { and, desc, eq } from "drizzle-orm";
import type { StoryEntry } from "@/contracts/watch/story";
import { alertComments, alertSteps } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";

/** What people wrote. */
export async function readComments(ctx: Ctx, alertId: string, limit: number): Promise<StoryEntry[]> {
  const rows = await ctx.db.orm
    .select()
    .from(alertComments)
    .where(and(eq(alertComments.accountId, ctx.account), eq(alertComments.alertId, alertId)))
    .orderBy(desc(alertComments.at), desc(alertComments.id))
    .limit(limit);
  return rows.reverse().map(({ id, at, author, text }) => ({
    kind: "act",
    id,
    at: at.toISOString(),
    act: "commented",
    by: author,
    text,
    until: null,
  }));
}

/** Where its telling went on or stopped, and why: the silence that muted it, the route, the quiet hours. */
export async function readSteps(ctx: Ctx, alertId: string, limit: number): Promise<StoryEntry[]> {
  const rows = await ctx.db.orm
    .select()
    .from(alertSteps)
    .where(and(eq(alertSteps.accountId, ctx.account), eq(alertSteps.alertId, alertId)))
    .orderBy(desc(alertSteps.id))
    .limit(limit);
  return rows.reverse().map(({ id, at, stage, outcome, reason, until }) => ({
    kind: "step",
    id: `step-${id}`,
    at: at.toISOString(),
    step: { at: at.toISOString(), stage, outcome, reason, until: until?.toISOString() ?? null },
  }));
}
