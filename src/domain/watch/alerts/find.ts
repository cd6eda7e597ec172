import { and, desc, eq, sql } from "drizzle-orm";
import type { Page, PageQuery } from "@/contracts/kernel/page";
import type { Alert, AlertState } from "@/contracts/watch/alert";
import { alerts } from "@/db/schema";
import { type Ctx, demand, notFound } from "@/domain/kernel";
import { type Position, pageFrom, positionOf } from "../keyset";
import { type AlertRow, alertOf } from "./view";

/** Narrows the list; absent fields narrow nothing. */
export type AlertFilter = { state?: AlertState | undefined; agentId?: string | undefined };

/** Alerts, firing ones first, each part newest first. Throws `invalid` for a cursor that is not ours. */
export async function listAlerts(ctx: Ctx, query: PageQuery & AlertFilter): Promise<Page<Alert>> {
  demand(ctx, "board:read");
  const after = positionOf(query.cursor);
  const wanted = query.limit + 1;
  const parts: AlertState[] = query.state ? [query.state] : ["firing", "resolved"];
  const rows: AlertRow[] = [];
  for (const part of parts) {
    if (rows.length >= wanted) break;
    if (part === "firing" && after?.part === "resolved") continue;
    rows.push(
      ...(await readPart(
        ctx,
        part,
        query.agentId,
        after?.part === part ? after : null,
        wanted - rows.length,
      )),
    );
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

function readPart(
  ctx: Ctx,
  state: AlertState,
  agentId: string | undefined,
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
        agentId ? eq(alerts.agentId, agentId) : undefined,
        after
          ? sql`(${alerts.firedAt}, ${alerts.id}) < (${after.at.toISOString()}::timestamptz, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(desc(alerts.firedAt), desc(alerts.id))
    .limit(limit);
}
