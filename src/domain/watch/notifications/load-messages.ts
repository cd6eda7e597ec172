import { sql } from "drizzle-orm";
import { alerts } from "@/db/schema";
import type { Ground } from "@/domain/kernel";
import { type AlertRow, alertOf, labelsOf } from "../alerts/view";
import { actionLinks } from "../links/action-links";
import type { Claimed } from "./claim";
import { countOf, isOverIn, type Message, mostNamed, onlyAlert, type Telling } from "./message";

type Told = { notification: string; alert: string; as: Telling; total: number };
/** What leaves within this, also again after a crash, speaks as of when it was made. */
const punctualMs = 30_000;

type Thread = { notification: string; key: string | null; first: string; title: string };

/**
 * What claimed messages say: three statements for any number of them. An end whose beginning never arrived at the
 * channel is left out: nobody hears of the end of something that they never heard of. Without any alert left, a
 * message is not in the answer.
 */
export async function loadMessages(
  ground: Ground,
  consoleUrl: string,
  claimed: Pick<Claimed, "notification" | "channel">[],
): Promise<Map<string, Message>> {
  const ids = JSON.stringify(claimed.map(({ notification }) => notification.id));
  const [told, threads] = await Promise.all([readTold(ground, ids), readThreads(ground, ids)]);
  const rows = await readAlerts(ground, [...new Set(told.map(({ alert }) => alert))]);
  const toldBy = new Map<string, Told[]>(claimed.map(({ notification }) => [notification.id, []]));
  for (const one of told) toldBy.get(one.notification)?.push(one);
  const messages = new Map<string, Message>();
  for (const { notification, channel } of claimed) {
    const thread = threads.get(notification.id);
    const now = ground.clock.now();
    const late = now.getTime() - notification.createdAt.getTime() > punctualMs;
    const message = { ...emptyMessage({ notification, channel }, thread), ...(late ? { lateAt: now } : {}) };
    for (const { alert, as, total } of toldBy.get(notification.id) ?? []) {
      const row = rows.get(alert);
      if (!row) continue;
      const shown = alertOf(row);
      message.counts[as] = total;
      message.alerts[as].push({ alert: shown, labels: labelsOf(shown) });
    }
    if (countOf(message) === 0) continue;
    messages.set(notification.id, withActions(ground, consoleUrl, message));
  }
  return messages;
}

/** A message about one alert that still fires has links that act on it. */
function withActions(ground: Ground, consoleUrl: string, message: Message): Message {
  const one = onlyAlert(message);
  if (!one || one.as === "resolved" || isOverIn(message, one.alert)) return message;
  const { id: channelId } = message.channel;
  return { ...message, actions: actionLinks(ground, { alertId: one.alert.id, channelId, consoleUrl }) };
}

/** Alerts of each message, the worst and oldest first, at most `mostNamed` of each kind, with how many there are. */
async function readTold({ db }: Pick<Ground, "db">, ids: string): Promise<Told[]> {
  return db.orm.execute<Told>(sql`
    with told as (
      select t.notification_id, t.alert_id, t."as",
        row_number() over (partition by t.notification_id, t."as"
          order by array_position(array['critical', 'warning', 'info'], a.severity), a.fired_at, a.id) as place,
        (count(*) over (partition by t.notification_id, t."as"))::int as total
      from notification_alerts t
      join notifications n on n.id = t.notification_id
      join alerts a on a.id = t.alert_id
      where t.notification_id in (select jsonb_array_elements_text(${ids}::jsonb))
        and not (t."as" = 'resolved' and exists (
            select 1 from notification_alerts b join notifications bn on bn.id = b.notification_id
            where b.alert_id = t.alert_id and b.channel_id = t.channel_id and b."as" = 'firing' and bn.state = 'dead')
          and not exists (
            select 1 from notifications hn join notification_alerts h on h.notification_id = hn.id
            where hn.group_id = n.group_id and hn.channel_id = n.channel_id and hn.state = 'delivered'
              and h.alert_id = t.alert_id and h."as" = 'still'))
    )
    select notification_id as notification, alert_id as alert, "as", total from told
    where place <= ${mostNamed} order by notification_id, "as", place`);
}

async function readThreads({ db }: Pick<Ground, "db">, ids: string): Promise<Map<string, Thread>> {
  const rows = await db.orm.execute<Thread>(sql`
    select n.id as notification, g.key, coalesce(f.id, n.id) as first, coalesce(f.title, n.title) as title
    from notifications n
    left join alert_groups g on g.id = n.group_id
    left join lateral (
      select p.id, p.title from notifications p
      where p.group_id = n.group_id and p.channel_id = n.channel_id
      order by p.created_at, p.id limit 1) f on true
    where n.id in (select jsonb_array_elements_text(${ids}::jsonb))`);
  return new Map(rows.map((row) => [row.notification, row]));
}

async function readAlerts({ db }: Pick<Ground, "db">, ids: string[]): Promise<Map<string, AlertRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db.orm
    .select()
    .from(alerts)
    .where(sql`${alerts.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
  return new Map(rows.map((row) => [row.id, row]));
}

function emptyMessage(
  { notification, channel }: Pick<Claimed, "notification" | "channel">,
  thread: Thread | undefined,
): Message {
  return {
    id: notification.id,
    event: notification.event,
    title: notification.title,
    severity: notification.severity,
    createdAt: notification.createdAt,
    groupId: notification.groupId,
    groupLabels: labelsOfKey(thread?.key ?? null),
    channel: { id: channel.id, name: channel.name },
    counts: { firing: 0, resolved: 0, still: 0 },
    alerts: { firing: [], resolved: [], still: [] },
    actions: null,
    thread: { id: thread?.first ?? notification.id, title: thread?.title ?? notification.title },
  };
}

/** A group's key is the canonical JSON of its labels; one that is something else has none to show. */
function labelsOfKey(key: string | null): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(key ?? "{}");
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : {};
  } catch {
    return {};
  }
}
