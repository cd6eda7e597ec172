import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Labels } from "@/contracts/watch/matcher";
import type { previewRoutingSchema, RoutingPreview } from "@/contracts/watch/policy";
import { quietUntil } from "@/contracts/watch/window-times";
import { agents, groups } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { valuesOf } from "../matches";
import { readSetting } from "../notifier/setting";
import { silencedBy } from "../silenced-by";
import { groupKey } from "../stages/group";
import { inhibitorOf } from "../stages/inhibit";
import { routesOf, targetsOf } from "../stages/route";

/** Whom an alert with these labels would reach, by which routes, and what would hold it now. */
export async function previewRouting(
  ctx: Ctx,
  { labels: given, ruleId, policy }: z.output<typeof previewRoutingSchema>,
): Promise<RoutingPreview> {
  demand(ctx, "board:read");
  const at = ctx.clock.now();
  const setting = await readSetting(ctx, ctx.db.orm, policy);
  const { channels, silences, inhibitions } = setting.world;
  const named = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const channel = channels.get(id);
      return channel ? [{ id, name: channel.name }] : [];
    });
  const rule = ruleId === undefined ? null : (setting.rules.get(ruleId) ?? null);
  const about = await aboutOf(ctx, given);
  const { labels } = about;
  const silenced = silencedBy(silences, labels, at);
  const muted = inhibitorOf({ ...about, id: "", watched: rule?.watched ?? null }, inhibitions);
  return {
    routes: routesOf(setting.policy, labels, rule).map((route) => ({
      id: route.id,
      name: route.name,
      channels: named(targetsOf(route, setting.world)),
      groupBy: [...route.groupBy],
      key: JSON.parse(groupKey(route.groupBy, labels)) as Record<string, string>,
      waitMs: route.waitMs,
      intervalMs: route.intervalMs,
      repeatMs: route.repeatMs,
      quietUntil: quietUntil([...route.quiet, ...(rule?.quiet ?? [])], at)?.toISOString() ?? null,
      escalation: route.escalation.map(({ afterMs, channelIds }) => ({
        afterMs,
        channels: named(channelIds),
      })),
    })),
    silencedBy: silenced && {
      id: silenced.silence.id,
      reason: silenced.silence.reason,
      until: silenced.until.toISOString(),
    },
    mutedBy: muted && {
      id: muted.inhibition.id,
      name: muted.inhibition.name,
      source: muted.source.title,
    },
  };
}

/** The agent that the labels name, with its group and tags where they leave those out; else one that may come. */
async function aboutOf(ctx: Ctx, labels: Labels): Promise<{ labels: Labels; agentId: string | null }> {
  const [name = ""] = valuesOf(labels, "agent");
  const [agent] = await ctx.db.orm
    .select({ id: agents.id, group: groups.name, tag: agents.tags })
    .from(agents)
    .leftJoin(groups, eq(groups.id, agents.groupId))
    .where(
      and(
        eq(agents.accountId, ctx.account),
        isNull(agents.removedAt),
        eq(sql`lower(${agents.name})`, name.toLowerCase()),
      ),
    );
  if (agent) return { labels: { group: agent.group ?? "", tag: agent.tag, ...labels }, agentId: agent.id };
  return { labels, agentId: labels.kind === "self" ? null : "" };
}
