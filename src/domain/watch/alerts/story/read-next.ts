import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Alert } from "@/contracts/watch/alert";
import type { StoryNext } from "@/contracts/watch/story";
import { alertGroups, alerts, groupAlerts, notificationAlerts, notifications } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import type { GroupState, Member } from "@/domain/watch/telling/group-state";
import { readSetting } from "@/domain/watch/telling/notifier/setting";
import { tellableColumns, tellableOf } from "@/domain/watch/telling/notifier/tellable";
import { nextTelling } from "./next-telling";

const heardStates = { pending: "waiting", delivered: "heard", dead: "lost" } as const;

/** What comes next for an alert that fires. Reads of its groups only what is about it: they may hold ten thousand. */
export async function readNext(ctx: Ctx, { id, state }: Pick<Alert, "id" | "state">): Promise<StoryNext[]> {
  if (state !== "firing") return [];
  const { orm } = ctx.db;
  const places = await orm
    .select({ ...tellableColumns, group: alerts.group, place: alertGroups, joinedAt: groupAlerts.joinedAt })
    .from(groupAlerts)
    .innerJoin(alertGroups, eq(alertGroups.id, groupAlerts.groupId))
    .innerJoin(alerts, eq(alerts.id, groupAlerts.alertId))
    .where(and(eq(groupAlerts.alertId, id), isNull(groupAlerts.leftAt), isNull(alertGroups.closedAt)))
    .orderBy(asc(alertGroups.openedAt), asc(alertGroups.id));
  if (places.length === 0) return [];
  const groupIds = places.map(({ place }) => place.id);
  const [setting, said, told] = await Promise.all([
    readSetting(ctx, orm),
    orm
      .select({
        groupId: notifications.groupId,
        channelId: notifications.channelId,
        event: notifications.event,
        atMs: sql<number>`(extract(epoch from max(${notifications.createdAt})) * 1000)::float8`,
      })
      .from(notifications)
      .where(inArray(notifications.groupId, groupIds))
      .groupBy(notifications.groupId, notifications.channelId, notifications.event),
    orm
      .select({
        groupId: notifications.groupId,
        channelId: notifications.channelId,
        state: notifications.state,
        event: notifications.event,
        at: notifications.createdAt,
        as: notificationAlerts.as,
      })
      .from(notificationAlerts)
      .innerJoin(notifications, eq(notifications.id, notificationAlerts.notificationId))
      .where(eq(notificationAlerts.alertId, id))
      .orderBy(asc(notifications.createdAt)),
  ]);
  const at = ctx.clock.now();
  return places.flatMap(({ place, joinedAt, ...row }) => {
    const ofGroup = said.filter(({ groupId }) => groupId === place.id);
    const news = ofGroup.filter(({ event }) => event === "firing" || event === "resolved");
    const lastSaidMs = new Map<string, number>();
    for (const { channelId, event, atMs } of ofGroup) {
      if (event !== "resolved") lastSaidMs.set(channelId, Math.max(lastSaidMs.get(channelId) ?? 0, atMs));
    }
    const member: Member = {
      alert: tellableOf(row, setting.rules),
      joinedAtMs: joinedAt.getTime(),
      left: false,
      heard: new Map(),
      escalatedMs: new Map(),
    };
    for (const one of told) {
      const [here, atMs] = [one.groupId === place.id, one.at.getTime()];
      if (one.as === "firing")
        member.heard.set(one.channelId, { state: heardStates[one.state], here, ended: false, atMs });
      if (one.event === "escalation" && here) member.escalatedMs.set(one.channelId, atMs);
    }
    const group: GroupState = {
      id: place.id,
      place: `${place.routeId} ${place.key}`,
      route: setting.routes.get(place.routeId) ?? null,
      openedAtMs: place.openedAt.getTime(),
      lastNewsAtMs: news.length > 0 ? Math.max(...news.map(({ atMs }) => atMs)) : null,
      lastSaidMs,
      members: new Map([[id, member]]),
    };
    return nextTelling(group, member, setting.world, at);
  });
}
