import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { FactKind } from "@/contracts/facts";
import type { AgentStatus } from "@/contracts/fleet/status";
import type { Condition } from "@/contracts/watch/condition";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { agentPresence, agents, alerts, groups, notifications } from "@/db/schema";
import { type Blindness, factOfBlindness } from "@/domain/fleet/presence/blindness";
import { type Ctx, type Ground, mainAccount, readFacts, systemCtx, transact } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { evaluateDue, evaluateFacts, rulesCursorSeq } from "@/domain/watch/alerts";

type WatchedAgent = {
  id: string;
  name?: string;
  group?: string;
  tags?: string[];
  host?: string | null;
  status?: AgentStatus;
};

/** Puts an agent into the fleet, as far as alerts look at it. */
export async function addWatchedAgent(ground: Ground, agent: WatchedAgent): Promise<void> {
  await addWatchedAgents(ground, [agent]);
}

/** The same for many; all in the same group or none. */
export async function addWatchedAgents(ground: Ground, list: WatchedAgent[]): Promise<void> {
  const createdAt = ground.clock.now();
  for (const name of new Set(list.flatMap(({ group }) => group ?? []))) {
    const row = { id: `grp_${name}`, accountId: mainAccount, name, createdAt };
    await ground.db.orm.insert(groups).values(row).onConflictDoNothing();
  }
  for (let start = 0; start < list.length; start += 2_000) {
    const part = list.slice(start, start + 2_000);
    await ground.db.orm.insert(agents).values(
      part.map(({ id, name = id, group, tags = [] }) => ({
        id,
        accountId: mainAccount,
        name,
        groupId: group ? `grp_${group}` : null,
        tags,
        createdAt,
      })),
    );
    await ground.db.orm.insert(agentPresence).values(
      part.map(({ id, host = null, status = "online" }) => ({
        agentId: id,
        accountId: mainAccount,
        status,
        statusSince: createdAt,
        decidedBy: "It beats.",
        host,
        lastBeatAt: createdAt,
      })),
    );
  }
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

/** A rule's words around a condition; what is not said is as in an editor that was just opened. */
export function ruleAbout(
  condition: Condition,
  more: Partial<z.input<typeof ruleDraftSchema>> = {},
): RuleDraft {
  const name = `About ${condition.kind}`;
  return ruleDraftSchema.parse({ name, scope: { kind: "all" }, severity: "warning", condition, ...more });
}

/** Stamps what is pending and judges to the end of the log, and then what is due: a turn of the evaluator. */
export async function evaluateAll(ground: Ground): Promise<void> {
  for (;;) {
    while ((await stampFacts(ground)).length > 0);
    const facts = await readFacts(ground.db, await rulesCursorSeq(ground), 1_000);
    if (facts.length === 0) break;
    await evaluateFacts(systemCtx(ground), facts);
  }
  await evaluateDue(ground);
  while ((await stampFacts(ground)).length > 0);
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

/** The sweeper's word that nobody watched for a while; to be stamped. */
export const tellOfBlindSpell = (ground: Ground, blindness: Blindness): Promise<void> =>
  transact(systemCtx(ground), async (unit) => unit.record(factOfBlindness(ground.ids, blindness)));
