import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { agents, alerts, channels, groups, rules } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import type { WatchedAgent } from "../rules/decide";
import type { RuleRow } from "../rules/view";
import type { Sighting } from "./observe";
import type { AlertRow } from "./view";

/** All that the rules must know to judge a batch: four queries, however large the batch is. */
export type Watch = {
  rules: RuleRow[];
  agents: Map<string, WatchedAgent>;
  firing: AlertRow[];
  /** Enabled channels. */
  channelIds: string[];
};

/** Rules are locked for reading: one that is being changed or deleted waits, and then sees these alerts. */
export async function readWatch(ctx: Ctx, tx: Tx, sightings: Sighting[]): Promise<Watch> {
  const agentIds = [...new Set(sightings.map((sighting) => sighting.agentId))];
  const live = await tx
    .select()
    .from(rules)
    .where(and(eq(rules.accountId, ctx.account), isNull(rules.deletedAt)))
    .orderBy(rules.id)
    .for("share");
  const known = await tx
    .select({ id: agents.id, name: agents.name, group: groups.name, tags: agents.tags })
    .from(agents)
    .leftJoin(groups, eq(groups.id, agents.groupId))
    .where(and(eq(agents.accountId, ctx.account), inArray(agents.id, agentIds)));
  const firing = await tx
    .select()
    .from(alerts)
    .where(
      and(eq(alerts.accountId, ctx.account), eq(alerts.state, "firing"), inArray(alerts.agentId, agentIds)),
    );
  const open = await tx
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.accountId, ctx.account), eq(channels.enabled, true), isNull(channels.deletedAt)));
  return {
    rules: live,
    agents: new Map(known.map((agent) => [agent.id, agent])),
    firing,
    channelIds: open.map((row) => row.id),
  };
}
