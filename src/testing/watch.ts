import { eq } from "drizzle-orm";
import type { FactKind } from "@/contracts/facts";
import { agents, alerts, groups, notifications } from "@/db/schema";
import { type Ctx, type Ground, mainAccount, systemCtx, transact } from "@/domain/kernel";

/** Puts an agent into the fleet, as far as alerts look at it. */
export async function addWatchedAgent(
  ground: Ground,
  { id, name = id, group, tags = [] }: { id: string; name?: string; group?: string; tags?: string[] },
): Promise<void> {
  const createdAt = ground.clock.now();
  const groupId = group ? `grp_${group}` : null;
  if (group && groupId) {
    await ground.db.orm
      .insert(groups)
      .values({ id: groupId, accountId: mainAccount, name: group, createdAt })
      .onConflictDoNothing();
  }
  await ground.db.orm.insert(agents).values({ id, accountId: mainAccount, name, groupId, tags, createdAt });
}

/** Records what the fleet would: facts about agents, in the words of their contract. */
export function tellOfAgents(
  ground: Ground,
  kind: Extract<FactKind, `agent.${string}`>,
  ids: string[],
  by: Ctx = systemCtx(ground),
): Promise<void> {
  const now = ground.clock.now();
  const lastBeatAt = new Date(now.getTime() - 6_000).toISOString();
  const status = { "agent.went_offline": "offline", "agent.stopped": "stopped" }[kind as string] ?? "online";
  return transact(by, async ({ record }) => {
    for (const id of ids) {
      record({
        kind,
        target: { kind: "agent", id, name: id },
        after: { status, activity: null, statusSince: status === "offline" ? lastBeatAt : now.toISOString() },
        data:
          status === "offline"
            ? { lastBeatAt, task: "nightly index", host: "web-1", sessionId: null, group: null }
            : null,
      });
    }
  });
}

export function alertRows(ground: Ground, agentId?: string) {
  return ground.db.orm
    .select()
    .from(alerts)
    .where(agentId ? eq(alerts.agentId, agentId) : undefined)
    .orderBy(alerts.firedAt, alerts.id);
}

export function notificationRows(ground: Ground, channelId?: string) {
  return ground.db.orm
    .select()
    .from(notifications)
    .where(channelId ? eq(notifications.channelId, channelId) : undefined)
    .orderBy(notifications.createdAt, notifications.id);
}
