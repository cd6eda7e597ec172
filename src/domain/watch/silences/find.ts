import { and, desc, eq, isNotNull, lte, or, sql } from "drizzle-orm";
import type { Page } from "@/contracts/kernel/page";
import type { Silence, SilencesQuery } from "@/contracts/watch/silence";
import type { Tx } from "@/db/client";
import { silences } from "@/db/schema";
import { type Ctx, demand, notFound } from "@/domain/kernel";
import { type Position, pageFrom, positionOf } from "../keyset";
import { firingAlerts } from "./firing-alerts";
import { openSilences } from "./open-silences";
import { hasEnded, type SilenceRow, silenceOf, standing } from "./silence-of";

/** Silences: those that have not ended first, each part newest first. Throws `invalid` for a cursor that is not ours. */
export async function listSilences(ctx: Ctx, query: SilencesQuery): Promise<Page<Silence>> {
  demand(ctx, "board:read");
  const now = ctx.clock.now();
  const after = positionOf(query.cursor);
  const wanted = query.limit + 1;
  const rows: SilenceRow[] = [];
  if (query.state !== "ended" && after?.part !== "ended") {
    // Few, and whether one mutes now is a matter of its zone's clock, which the database does not know.
    const open = (await openSilences(ctx)).filter(
      (row) =>
        (!query.kind || row.kind === query.kind) &&
        (!query.state || query.state === "open" || standing(row, now).state === query.state) &&
        (!after || comesAfter(row, after)),
    );
    rows.push(...open.slice(0, wanted));
  }
  if ((!query.state || query.state === "ended") && rows.length < wanted) {
    rows.push(...(await readEnded(ctx, query, after?.part === "ended" ? after : null, wanted - rows.length)));
  }
  const firing = rows.some((row) => !hasEnded(row, now)) ? await firingAlerts(ctx) : [];
  return pageFrom(
    rows,
    query.limit,
    (row) => ({ part: hasEnded(row, now) ? "ended" : "open", at: row.createdAt, id: row.id }),
    (row) => silenceOf(row, now, firing),
  );
}

/** One silence. Throws not-found, also for one of another account. */
export async function getSilence(ctx: Ctx, id: string): Promise<Silence> {
  demand(ctx, "board:read");
  const [row] = await ctx.db.orm.select().from(silences).where(own(ctx, id));
  if (!row) throw notFound("silence");
  return silenceOf(row, ctx.clock.now(), await firingAlerts(ctx));
}

/** The silence of this account, locked until the unit ends. */
export async function lockedSilence(ctx: Ctx, tx: Tx, id: string): Promise<SilenceRow> {
  const [row] = await tx.select().from(silences).where(own(ctx, id)).for("update");
  if (!row) throw notFound("silence");
  return row;
}

const own = (ctx: Ctx, id: string) => and(eq(silences.accountId, ctx.account), eq(silences.id, id));

const comesAfter = (row: SilenceRow, { at, id }: Position) =>
  row.createdAt < at || (row.createdAt.getTime() === at.getTime() && row.id < id);

function readEnded(ctx: Ctx, { kind }: SilencesQuery, after: Position | null, limit: number) {
  return ctx.db.orm
    .select()
    .from(silences)
    .where(
      and(
        eq(silences.accountId, ctx.account),
        or(isNotNull(silences.endedAt), lte(silences.endsAt, ctx.clock.now())),
        kind ? eq(silences.kind, kind) : undefined,
        after
          ? sql`(${silences.createdAt}, ${silences.id}) < (${after.at.toISOString()}::timestamptz, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(desc(silences.createdAt), desc(silences.id))
    .limit(limit);
}
