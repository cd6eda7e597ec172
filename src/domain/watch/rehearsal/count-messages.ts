import { and, eq, isNull } from "drizzle-orm";
import type { Rehearsal } from "@/contracts/watch/rehearsal";
import type { RuleDraft } from "@/contracts/watch/rule";
import { channels } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { alertOf, labelsOf } from "../alerts/view";
import { simulateTelling } from "../telling";
import { policyInForce } from "../telling/policy/find-policy";
import type { Outcome } from "./outcome";

/** How many messages one channel would have got of the alerts of the span, by the routes of now. */
export async function countMessages(
  ctx: Ctx,
  draft: RuleDraft,
  { alerts, before }: Pick<Outcome, "alerts" | "before">,
  span: { from: Date; to: Date },
): Promise<Pick<Rehearsal, "messages" | "worstHour">> {
  if (alerts.length === 0) return { messages: 0, worstHour: null };
  const { policy } = await policyInForce(ctx, ctx.db.orm);
  const open = await ctx.db.orm
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.accountId, ctx.account), isNull(channels.deletedAt), eq(channels.enabled, true)));
  const episodes = [...before, ...alerts].map((alert) => ({
    labels: labelsOf(alertOf(alert)),
    agentId: alert.agentId,
    since: alert.since,
    firedAt: alert.firedAt,
    resolvedAt: alert.resolvedAt,
    calms: alert.calms,
  }));
  // Without any channel: as many as one would get.
  const told = simulateTelling(policy, draft, episodes, {
    ...span,
    ...(open.length > 0 ? { channels: open.map(({ id }) => id) } : {}),
  });
  return { messages: told.messages, worstHour: told.worstHour };
}
