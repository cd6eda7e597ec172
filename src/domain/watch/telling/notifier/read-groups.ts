import { and, eq, inArray } from "drizzle-orm";
import type { NotificationEvent } from "@/contracts/watch/notification";
import { rawIn, type Tx } from "@/db/client";
import { alerts, groupAlerts } from "@/db/schema";
import { byAge, type GroupState, type Member } from "../group-state";
import type { Setting } from "./setting";
import { tellableAlertOf, tellableColumns } from "./tellable";

type GroupRow = {
  id: string;
  route_id: string;
  key: string;
  opened_ms: number;
  news_ms: number | null;
  said: Record<string, number> | null;
};
type ToldRow = {
  channel_id: string;
  group_id: string | null;
  state: "pending" | "delivered" | "dead";
  event: NotificationEvent;
  at_ms: number;
  as: "firing" | "resolved" | "still";
  alert_ids: string;
};

const heardStates = { pending: "waiting", delivered: "heard", dead: "lost" } as const;

/**
 * Groups of an account with everything that the stages look at, in four questions whatever their number and size. Ids of alerts
 * come as one text a message: ten thousand of them as an array would cost more than all the rest. With `onlyAlert` no other
 * member is read: who asks about one alert shall not wait for the ten thousand beside it.
 */
export async function readGroups(
  tx: Tx,
  ids: readonly string[],
  setting: Setting,
  onlyAlert: string | null = null,
): Promise<GroupState[]> {
  if (ids.length === 0) return [];
  const sql = rawIn(tx);
  const isAsked = (column: "na.alert_id" | "s.alert_id" | "alert_id") =>
    onlyAlert === null ? sql`true` : sql`${sql(column)} = ${onlyAlert}`;
  const [groupRows, memberRows, toldRows, recoveringRows] = await Promise.all([
    sql<GroupRow[]>`
      select g.id, g.route_id, g.key, (extract(epoch from g.opened_at) * 1000)::float8 as opened_ms,
        (select (extract(epoch from max(n.created_at)) * 1000)::float8 from notifications n
          where n.group_id = g.id and n.event in ('firing', 'resolved')) as news_ms,
        (select jsonb_object_agg(s.channel_id, s.at_ms) from (
          select n.channel_id, (extract(epoch from max(n.created_at)) * 1000)::float8 as at_ms from notifications n
          where n.group_id = g.id and n.event <> 'resolved' group by n.channel_id) s) as said
      from alert_groups g where g.id = any(${ids as string[]}::text[])`,
    tx
      .select({
        ...tellableColumns,
        groupId: groupAlerts.groupId,
        joinedAt: groupAlerts.joinedAt,
        leftAt: groupAlerts.leftAt,
      })
      .from(groupAlerts)
      .innerJoin(alerts, eq(alerts.id, groupAlerts.alertId))
      .where(
        and(
          inArray(groupAlerts.groupId, ids as string[]),
          onlyAlert === null ? undefined : eq(groupAlerts.alertId, onlyAlert),
        ),
      ),
    sql<ToldRow[]>`
      select n.channel_id, n.group_id, n.state, n.event, (extract(epoch from n.created_at) * 1000)::float8 as at_ms,
        na."as", string_agg(na.alert_id, ' ') as alert_ids
      from notification_alerts na join notifications n on n.id = na.notification_id
      where na."as" <> 'still' and na.alert_id in (
        select alert_id from group_alerts where group_id = any(${ids as string[]}::text[]) and ${isAsked("alert_id")})
      group by n.id, na."as"
      union all
      select n.channel_id, n.group_id, n.state, n.event, (extract(epoch from n.created_at) * 1000)::float8,
        na."as", string_agg(na.alert_id, ' ')
      from notifications n join notification_alerts na on na.notification_id = n.id
      where n.group_id = any(${ids as string[]}::text[]) and n.event = 'escalation' and na."as" = 'still'
        and ${isAsked("na.alert_id")}
      group by n.id, na."as"
      order by at_ms`,
    sql<{ id: string }[]>`
      select s.alert_id as id from alert_states s
      where s.state = 'recovering' and s.alert_id is not null and ${isAsked("s.alert_id")}
        and s.account_id = (select account_id from alert_groups where id = ${ids[0] ?? ""})`,
  ]);
  const recovering = new Set(recoveringRows.map(({ id }) => id));
  const groups = new Map(
    groupRows.map((row): [string, GroupState] => [
      row.id,
      {
        id: row.id,
        place: `${row.route_id} ${row.key}`,
        route: setting.routes.get(row.route_id) ?? null,
        openedAtMs: row.opened_ms,
        lastNewsAtMs: row.news_ms,
        lastSaidMs: new Map(Object.entries(row.said ?? {})),
        members: new Map(),
      },
    ]),
  );
  const byAlert = new Map<string, { groupId: string; member: Member }[]>();
  // By age: who came first is named first in a title.
  memberRows.sort((a, b) => a.joinedAt.getTime() - b.joinedAt.getTime() || (a.id < b.id ? -1 : 1));
  for (const { groupId, joinedAt, leftAt, ...row } of memberRows) {
    const member: Member = {
      alert: tellableAlertOf(row, setting.rules, recovering.has(row.id)),
      joinedAtMs: joinedAt.getTime(),
      left: leftAt !== null,
      heard: new Map(),
      escalatedMs: new Map(),
    };
    groups.get(groupId)?.members.set(row.id, member);
    byAlert.set(row.id, [...(byAlert.get(row.id) ?? []), { groupId, member }]);
  }
  for (const told of toldRows) {
    for (const alertId of told.alert_ids.split(" ")) {
      for (const { groupId, member } of byAlert.get(alertId) ?? []) hearAgain(member, groupId, told);
    }
  }
  return [...groups.values()].sort(byAge);
}

/** Notes what a stored message told, oldest first. */
function hearAgain(member: Member, groupId: string, told: ToldRow): void {
  const { channel_id: channelId, at_ms: atMs } = told;
  const here = told.group_id === groupId;
  const known = member.heard.get(channelId);
  if (told.as === "firing") {
    member.heard.set(channelId, { state: heardStates[told.state], here, ended: known?.ended ?? false, atMs });
  } else if (told.as === "resolved" && known) known.ended = true;
  else if (told.as === "resolved") {
    member.heard.set(channelId, { state: "lost", here, ended: true, atMs });
  }
  if (told.event === "escalation" && here) member.escalatedMs.set(channelId, atMs);
}
