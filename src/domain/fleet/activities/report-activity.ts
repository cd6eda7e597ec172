import { cleanText } from "@/contracts/kernel/text";
import type { AgentActivity } from "@/contracts/wire/agent";
import { agentActivities } from "@/db/schema";
import { reportedMoment } from "@/domain/fleet/presence/reported-moment";
import { type Ctx, transact } from "@/domain/kernel";

/**
 * Keeps what an agent reported for its timeline. Its own id makes a resend harmless: the second one is neither
 * stored nor told. A crash is news for rules and the audit log too, so it also becomes a fact.
 */
export async function reportActivity(
  ctx: Ctx,
  agent: { agentId: string; name: string },
  activity: AgentActivity,
): Promise<void> {
  const now = ctx.clock.now();
  await transact(ctx, async (unit) => {
    const [fresh] = await unit.tx
      .insert(agentActivities)
      .values({
        agentId: agent.agentId,
        id: cleanText(activity.id),
        accountId: ctx.account,
        at: reportedMoment(activity.at, now),
        receivedAt: now,
        kind: activity.kind,
        title: activity.title,
        detail: activity.detail ?? null,
      })
      .onConflictDoNothing()
      .returning({ id: agentActivities.id });
    if (!fresh || activity.kind !== "crashed") return;
    unit.record({
      kind: "agent.crashed",
      target: { kind: "agent", id: agent.agentId, name: agent.name },
      reason: activity.title,
      data: { title: activity.title, detail: activity.detail ?? null },
    });
  });
}
