import { rawIn } from "@/db/client";
import type { Ctx, Unit } from "@/domain/kernel";
import type { Look } from "../look";
import type { Notes } from "../notes";
import { gravestOf, titleOf } from "../stages/outbox";

export type GroupLook = { groupId: string; look: Look };

/** Writes what looks decided: messages, what they tell, where the groups stand. Six statements for any number of rows. */
export async function writeLooks(ctx: Ctx, unit: Unit, at: Date, looks: GroupLook[]): Promise<void> {
  if (looks.length === 0) return;
  const sql = rawIn(unit.tx);
  const now = at.toISOString();
  const messages = looks.flatMap(({ groupId, look }) =>
    look.messages.map((message) => ({ ...message, id: ctx.ids.id("ntf"), groupId })),
  );
  const rows = messages.map(({ id, groupId, channelId, event, firing, resolved, still, firingCount }) => {
    const about = (firing.length > 0 ? firing : still.length > 0 ? still : resolved).map(
      ({ alert }) => alert,
    );
    const [title, severity] = [titleOf(about), gravestOf(about)];
    return { id, groupId, channelId, event, title, severity, firingCount, resolvedCount: resolved.length };
  });
  const told = messages.flatMap(({ id, channelId, firing, resolved, still }) =>
    Object.entries({ firing, resolved, still })
      .filter(([, members]) => members.length > 0)
      .map(([as, members]) => ({ id, channelId, as, alertIds: members.map(({ alert }) => alert.id) })),
  );
  const groups = looks.map(({ groupId, look }) => ({
    id: groupId,
    flushAt: look.nextMs === null ? null : new Date(look.nextMs),
    told: look.messages.length > 0,
    escalatedSteps: look.escalatedSteps,
    closed: look.closed,
  }));
  const done = looks
    .filter(({ look }) => look.done.length > 0)
    .map(({ groupId, look }) => ({ groupId, alertIds: look.done.map(({ alert }) => alert.id) }));
  const statements = [
    sql`
      update alert_groups g set flush_at = r."flushAt",
        told_at = case when r.told then coalesce(g.told_at, ${now}::timestamptz) else g.told_at end,
        escalated_steps = greatest(g.escalated_steps, r."escalatedSteps"),
        closed_at = case when r.closed then coalesce(g.closed_at, ${now}::timestamptz) end
      from jsonb_to_recordset(${JSON.stringify(groups)}::text::jsonb) as r(id text, "flushAt" timestamptz, told boolean,
        "escalatedSteps" int, closed boolean)
      where g.id = r.id`,
  ];
  if (done.length > 0) {
    statements.push(sql`
      delete from group_alerts m
      using jsonb_to_recordset(${JSON.stringify(done)}::text::jsonb) as r("groupId" text, "alertIds" jsonb),
        jsonb_array_elements_text(r."alertIds") as a(id)
      where m.group_id = r."groupId" and m.alert_id = a.id`);
  }
  if (rows.length > 0) {
    statements.push(
      sql`
        insert into notifications (id, account_id, group_id, channel_id, event, title, severity, firing_count,
          resolved_count, state, attempts, next_attempt_at, created_at)
        select id, ${ctx.account}, "groupId", "channelId", event, title, severity, "firingCount", "resolvedCount",
          'pending', 0, ${now}::timestamptz, ${now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(id text, "groupId" text, "channelId" text,
          event text, title text, severity text, "firingCount" int, "resolvedCount" int)`,
      // The index is the promise; should it ever refuse a row, the rest must not wait for ever behind it.
      sql`
        insert into notification_alerts (notification_id, alert_id, channel_id, "as")
        select r.id, a.id, r."channelId", r."as"
        from jsonb_to_recordset(${JSON.stringify(told)}::text::jsonb) as r(id text, "channelId" text, "as" text,
            "alertIds" jsonb),
          jsonb_array_elements_text(r."alertIds") as a(id)
        on conflict do nothing`,
    );
    unit.afterCommit(() => ctx.bus.publish("nudge.notifications", null));
  }
  await Promise.all(statements);
}

/** Writes into the alerts' stories what is new in them: a step that reads as the one before of its stage is none. */
export async function writeNotes(ctx: Ctx, unit: Unit, at: Date, notes: Notes): Promise<void> {
  const rows = notes.all().map(({ verdict, alertIds }) => ({ ...verdict, alertIds }));
  if (rows.length === 0) return;
  await rawIn(unit.tx)`
    insert into alert_steps (account_id, alert_id, at, stage, outcome, reason, until)
    select ${ctx.account}, s.alert_id, ${at.toISOString()}::timestamptz, s.stage, s.outcome, s.reason, s.until
    from (
      select r.*, a.id as alert_id
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as (stage text, outcome text,
          reason text, until timestamptz, "alertIds" jsonb)) with ordinality
          as r(stage, outcome, reason, until, "alertIds", place),
        jsonb_array_elements_text(r."alertIds") as a(id)
    ) s
    left join lateral (
      select l.outcome, l.reason, l.until from alert_steps l
      where l.alert_id = s.alert_id and l.stage = s.stage order by l.id desc limit 1
    ) l on true
    where (l.outcome, l.reason, l.until) is distinct from (s.outcome, s.reason, s.until)
    order by s.place`;
}
