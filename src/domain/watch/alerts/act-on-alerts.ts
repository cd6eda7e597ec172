import { and, eq, inArray, sql } from "drizzle-orm";
import type { NewFact } from "@/contracts/facts";
import type { Alert } from "@/contracts/watch/alert";
import type { AlertOutcome } from "@/contracts/watch/several-alerts";
import { alerts } from "@/db/schema";
import { type Ctx, isRefusal, notFound, pgErrorOf, Refusal, transact, type Unit } from "@/domain/kernel";
import { type AlertRow, alertOf, alertTarget } from "./view";

/** The columns that people change. */
type PeoplesColumns = Pick<
  AlertRow,
  | "acknowledgedBy"
  | "acknowledgedAt"
  | "acknowledgedNote"
  | "assignedId"
  | "assignedName"
  | "snoozedUntil"
  | "snoozedBy"
>;

/** What an act makes of an alert: new values, and the words of its fact. */
export type AlertChange = { set: Partial<PeoplesColumns> } & Pick<NewFact, "kind" | "reason" | "data">;

/** What somebody does to an alert: null when it is so already. Throws a refusal when it can't be done. */
export type AlertAct = (row: AlertRow) => AlertChange | null;

/** Does the act to one alert. Throws not-found, also for one of another account, and what the act refuses. */
export async function actOnAlert(ctx: Ctx, id: string, act: AlertAct): Promise<Alert> {
  const [outcome] = await actOnAlerts(ctx, [id], act);
  if (outcome?.alert) return outcome.alert;
  throw outcome?.refusal ?? notFound("alert");
}

/** What an outcome says to programs. */
export const outcomeOf = ({ id, alert, refusal }: Acted): AlertOutcome => ({
  id,
  alert,
  error: refusal ? { code: refusal.code, message: refusal.message } : null,
});

export type Acted = { id: string; alert: Alert | null; refusal: Refusal | null };

const triesAgainstEachOther = 5;

/** Does the act to each alert in one transaction, in the order of `ids`; one that is refused stops no other. */
export async function actOnAlerts(ctx: Ctx, ids: readonly string[], act: AlertAct): Promise<Acted[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transact(ctx, (unit) => actWithin(ctx, unit, ids, act));
    } catch (error) {
      // The evaluator ended the same alerts in another order: PostgreSQL gave up one of the two.
      if (pgErrorOf(error)?.code !== "40P01" || tries >= triesAgainstEachOther) throw error;
    }
  }
}

/** The same within a unit that is open already. */
export async function actWithin(
  ctx: Ctx,
  unit: Unit,
  ids: readonly string[],
  act: AlertAct,
): Promise<Acted[]> {
  const wanted = [...new Set(ids)];
  const rows = await unit.tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.accountId, ctx.account), inArray(alerts.id, wanted)))
    .orderBy(alerts.id)
    // Not `for update`: messages that are being written refer to these rows.
    .for("no key update");
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const changed: AlertRow[] = [];
  const outcomes = wanted.map((id): Acted => {
    const row = rowOf.get(id);
    if (!row) return { id, alert: null, refusal: notFound("alert") };
    try {
      const change = act(row);
      if (!change) return { id, alert: alertOf(row), refusal: null };
      const next = { ...row, ...change.set };
      changed.push(next);
      record(unit, row, next, change);
      return { id, alert: alertOf(next), refusal: null };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { id, alert: null, refusal: error };
    }
  });
  if (changed.length > 0) {
    await write(unit, changed);
    unit.afterCommit(() => ctx.bus.publish("nudge.telling", null));
  }
  return outcomes;
}

function record(unit: Unit, row: AlertRow, next: AlertRow, { kind, reason, data }: AlertChange): void {
  const [before, after] = [alertOf(row), alertOf(next)];
  const names = (Object.keys(after) as (keyof Alert)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const only = (alert: Alert) => Object.fromEntries(names.map((name) => [name, alert[name]]));
  unit.record({
    kind,
    target: alertTarget(row),
    reason: reason ?? null,
    before: only(before),
    after: only(after),
    data: { agentId: row.agentId, ruleId: row.ruleId, ...data },
  });
}

/** One statement for any number of rows. */
async function write(unit: Unit, rows: AlertRow[]): Promise<void> {
  await unit.tx.execute(sql`
    update alerts set acknowledged_by = r."acknowledgedBy", acknowledged_at = r."acknowledgedAt",
      acknowledged_note = r."acknowledgedNote", assigned_id = r."assignedId", assigned_name = r."assignedName",
      snoozed_until = r."snoozedUntil", snoozed_by = r."snoozedBy"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, "acknowledgedBy" text,
      "acknowledgedAt" timestamptz, "acknowledgedNote" text, "assignedId" text, "assignedName" text,
      "snoozedUntil" timestamptz, "snoozedBy" text)
    where alerts.id = r.id`);
}

/** Refuses what only makes sense while the alert fires: `what` ends the sentence. */
export function demandFiring(row: AlertRow, what: string): void {
  if (row.state === "firing") return;
  throw new Refusal(
    "conflict",
    `This alert has resolved meanwhile, so there is nothing left to ${what}. Should the trouble come back, it is a new alert.`,
    { state: row.state, resolvedAt: row.resolvedAt?.toISOString() ?? null },
  );
}
