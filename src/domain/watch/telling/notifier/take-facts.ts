import { inArray } from "drizzle-orm";
import type { Fact } from "@/contracts/facts";
import type { Tx } from "@/db/client";
import { rawIn } from "@/db/client";
import { alerts } from "@/db/schema";
import { type Ctx, transact } from "@/domain/kernel";
import { matches } from "../matches";
import { Notes } from "../notes";
import { group } from "../stages/group";
import { outbox } from "../stages/outbox";
import { route } from "../stages/route";
import { lockNotifyCursor, moveNotifyCursor } from "./cursor";
import { type Joined, joinGroups, rerouteAlerts } from "./join-groups";
import { lookAtDueGroups } from "./look-at-due-groups";
import { isNews, type News, newsOf } from "./news";
import { lookAtAllNow, lookAtGroupsOf, lookAtWaitingFor, planNews } from "./plan-looks";
import { readSetting, type Setting } from "./setting";
import { labelsOfRow, type TellableRow, tellableAlertOf, tellableColumns } from "./tellable";

/**
 * Takes facts of one account in order: groups, messages, steps and the cursor in one transaction. Facts that the
 * cursor has passed already are skipped, whoever passed it. What may be told at once is in the outbox when this ends.
 * Answers the `seq` up to which the facts are done.
 */
export function takeFacts(ctx: Ctx, facts: readonly Fact[]): Promise<number> {
  return transact(ctx, async (unit) => {
    const from = await lockNotifyCursor(unit.tx);
    const news = newsOf(facts.filter((fact) => fact.seq > from && fact.account === ctx.account));
    const seq = Math.max(from, facts.at(-1)?.seq ?? 0);
    const moved = moveNotifyCursor(unit.tx, seq);
    if (isNews(news)) {
      const at = ctx.clock.now();
      const [setting, rows] = await Promise.all([readSetting(ctx, unit.tx), readAlerts(unit.tx, news)]);
      const notes = await fileNews(ctx, unit.tx, { setting, rows }, news, at);
      await lookAtDueGroups(ctx, unit, setting, at, notes);
    }
    await moved;
    return seq;
  });
}

/** Looks at groups of the account that are due. Answers whether more may be. */
export function tellDue(ctx: Ctx): Promise<boolean> {
  return transact(ctx, async (unit) => {
    await lockNotifyCursor(unit.tx);
    const setting = await readSetting(ctx, unit.tx);
    return lookAtDueGroups(ctx, unit, setting, ctx.clock.now());
  });
}

/** The alerts that the news are about. */
async function readAlerts(tx: Tx, { fired, resolved }: News): Promise<TellableRow[]> {
  const ids = [...new Set([...fired, ...resolved])];
  return ids.length === 0 ? [] : tx.select(tellableColumns).from(alerts).where(inArray(alerts.id, ids));
}

/** Puts the news where they belong and plans the looks. Answers the steps of the alerts that came. */
async function fileNews(
  ctx: Ctx,
  tx: Tx,
  { setting, rows }: { setting: Setting; rows: TellableRow[] },
  news: News,
  at: Date,
): Promise<Notes> {
  const notes = new Notes();
  const alertById = new Map(rows.map((row) => [row.id, row]));
  const found = news.fired.flatMap((id) => {
    const row = alertById.get(id);
    return row ? [{ alert: tellableAlertOf(row, setting.rules, false), ruleId: row.ruleId }] : [];
  });
  // One that is over already, since we were late, is not told at all.
  for (const { alert } of found) if (!alert.firing) notes.add(alert.id, outbox.unheard());
  const joined = await joinGroups(
    ctx,
    tx,
    setting,
    found.filter(({ alert }) => alert.firing),
    at,
  );
  if (news.rerouteAll) joined.push(...(await rerouteAlerts(ctx, tx, setting, at, null)));
  else {
    for (const ruleId of new Set(news.reroutedRules)) {
      joined.push(...(await rerouteAlerts(ctx, tx, setting, at, ruleId)));
    }
  }
  const ended = news.resolved.length > 0 ? await groupsOf(tx, news.resolved) : [];
  const dueMs = await planNews(
    tx,
    setting,
    [...new Set([...joined.map((one) => one.groupId), ...ended])],
    at,
  );
  noteJoined(notes, setting, joined, dueMs, at);
  const resolved = news.resolved.flatMap((id) => alertById.get(id) ?? []);
  const { inhibitions } = setting.policy;
  const unmutes = resolved.some((row) => {
    const labels = labelsOfRow(row);
    return inhibitions.some(({ enabled, source }) => enabled && matches(source, labels));
  });
  if (news.wakeAll || unmutes) await lookAtAllNow(ctx, tx, at);
  else {
    if (news.loosened.length > 0) await lookAtGroupsOf(tx, news.loosened, at);
    if (news.settled.length > 0) await lookAtWaitingFor(tx, news.settled, at);
  }
  return notes;
}

/** The first steps of an alert's story: its route, and whom it waits for. */
function noteJoined(
  notes: Notes,
  setting: Setting,
  joined: Joined[],
  dueMs: ReadonlyMap<string, number>,
  at: Date,
): void {
  for (const { alert, route: taken } of joined) notes.add(alert.id, route(taken, setting.world));
  for (const { alert, route: taken, groupId } of joined) {
    const due = dueMs.get(groupId) ?? at.getTime();
    if (due > at.getTime()) notes.add(alert.id, group(due, at, taken));
  }
}

async function groupsOf(tx: Tx, alertIds: readonly string[]): Promise<string[]> {
  const rows = await rawIn(tx)<{ group_id: string }[]>`
    select distinct group_id from group_alerts where alert_id = any(${alertIds as string[]}::text[])`;
  return rows.map((row) => row.group_id);
}
