import { and, desc, eq, ilike, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm";
import type { Page } from "@/contracts/kernel/page";
import type { Alert, AlertState } from "@/contracts/watch/alert";
import type { AlertsQuery } from "@/contracts/watch/alert-list";
import { alerts } from "@/db/schema";
import { type Ctx, demand, notFound } from "@/domain/kernel";
import { type Position, pageFrom, positionOf } from "../keyset";
import { mutedAlerts } from "./muted-alerts";
import { type AlertRow, alertOf } from "./view";

/** Alerts, firing ones first, each part newest first. Throws `invalid` for a cursor that is not ours. */
export async function listAlerts(ctx: Ctx, query: AlertsQuery): Promise<Page<Alert>> {
  demand(ctx, "board:read");
  const after = positionOf(query.cursor);
  const wanted = query.limit + 1;
  const narrowed = await narrowing(ctx, query);
  const parts = partsOf(query);
  const rows: AlertRow[] = [];
  for (const part of parts) {
    if (rows.length >= wanted) break;
    if (part === "firing" && after?.part === "resolved") continue;
    const from = after?.part === part ? after : null;
    rows.push(...(await readPart(ctx, part, narrowed, from, wanted - rows.length)));
  }
  return pageFrom(rows, query.limit, (row) => ({ part: row.state, at: row.firedAt, id: row.id }), alertOf);
}

/** One alert. Throws not-found, also for one of another account. */
export async function getAlert(ctx: Ctx, id: string): Promise<Alert> {
  demand(ctx, "board:read");
  const [row] = await ctx.db.orm
    .select()
    .from(alerts)
    .where(and(eq(alerts.accountId, ctx.account), eq(alerts.id, id)));
  if (!row) throw notFound("alert");
  return alertOf(row);
}

/** What has resolved is told no more: whether it is muted is a question about the firing ones. */
function partsOf({ state, muted }: AlertsQuery): AlertState[] {
  const all: AlertState[] = muted === undefined ? ["firing", "resolved"] : ["firing"];
  return state ? all.filter((part) => part === state) : all;
}

async function narrowing(ctx: Ctx, query: AlertsQuery): Promise<(SQL | undefined)[]> {
  const { severity, kind, ruleId, agentId, group, acknowledged, assignedTo, mine, q } = query;
  const owned = { me: eq(alerts.assignedId, ctx.actor.id), nobody: isNull(alerts.assignedId) };
  return [
    severity ? eq(alerts.severity, severity) : undefined,
    kind ? eq(alerts.kind, kind) : undefined,
    ruleId ? eq(alerts.ruleId, ruleId) : undefined,
    agentId ? eq(alerts.agentId, agentId) : undefined,
    group ? eq(alerts.group, group) : undefined,
    acknowledged === undefined ? undefined : (acknowledged ? isNotNull : isNull)(alerts.acknowledgedAt),
    assignedTo === undefined
      ? undefined
      : assignedTo === "me" || assignedTo === "nobody"
        ? owned[assignedTo]
        : eq(alerts.assignedId, assignedTo),
    mine === undefined ? undefined : mine ? isMine(ctx) : not(isMine(ctx)),
    q ? holding(q) : undefined,
    await mutedOrNot(ctx, query.muted),
  ];
}

/** Never null, so that its opposite holds for an alert that nobody has. */
function isMine({ actor: { id, name } }: Ctx): SQL {
  return sql`(${alerts.assignedId} is not distinct from ${id} or ${alerts.acknowledgedBy} is not distinct from ${name})`;
}

async function mutedOrNot(ctx: Ctx, muted: boolean | undefined): Promise<SQL | undefined> {
  if (muted === undefined) return undefined;
  // As one parameter: of an outage there may be more than a statement takes.
  const ids = sql.param([...(await mutedAlerts(ctx)).muted]);
  const quiet = sql`${alerts.id} = any(${ids}::text[])`;
  return muted ? quiet : not(quiet);
}

function holding(q: string): SQL | undefined {
  const part = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    ...[alerts.subjectName, alerts.ruleName, alerts.group, alerts.host, alerts.summary].map((column) =>
      ilike(column, part),
    ),
  );
}

function readPart(
  ctx: Ctx,
  state: AlertState,
  narrowed: (SQL | undefined)[],
  after: Position | null,
  limit: number,
) {
  return ctx.db.orm
    .select()
    .from(alerts)
    .where(
      and(
        eq(alerts.accountId, ctx.account),
        eq(alerts.state, state),
        ...narrowed,
        after
          ? sql`(${alerts.firedAt}, ${alerts.id}) < (${after.at.toISOString()}::timestamptz, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(desc(alerts.firedAt), desc(alerts.id))
    .limit(limit);
}
