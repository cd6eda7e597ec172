import { getTableName, sql } from "drizzle-orm";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { type SealedColumn, sealedColumns } from "./sealed-columns";

/** What was done to one column: sealed anew, found sealed with today's secret, or opened by no secret that we have. */
export type RenewedColumn = { column: string; renewed: number; current: number; unreadable: number };

const batchRows = 500;

/**
 * Seals everything anew that a previous secret sealed. Each text is swapped for itself only if nobody changed it
 * meanwhile, so the server may run; broken off, it is simply started again and goes on where it was. Texts that no
 * secret opens are counted and left as they are. Writes one fact when there was something to do.
 */
export async function renewSealed(ctx: Ctx): Promise<RenewedColumn[]> {
  demand(ctx, "users:manage");
  const report: RenewedColumn[] = [];
  for (const sealed of sealedColumns) report.push(await renewColumn(ctx, sealed));
  const renewed = report.reduce((sum, column) => sum + column.renewed, 0);
  if (renewed > 0) {
    await transact(ctx, async (unit) => {
      unit.record({ kind: "security.secret_rotated", target: null, data: { renewed } });
    });
  }
  return report;
}

type Cell = { place: string; sealed: string };

async function renewColumn(ctx: Ctx, { column, purpose }: SealedColumn): Promise<RenewedColumn> {
  const report = {
    column: `${getTableName(column.table)}.${column.name}`,
    renewed: 0,
    current: 0,
    unreadable: 0,
  };
  const [table, name] = [sql.identifier(getTableName(column.table)), sql.identifier(column.name)];
  const isJson = column.getSQLType() === "jsonb";
  const text = isJson ? sql`${name} #>> '{}'` : sql`${name}`;
  const isText = isJson ? sql`jsonb_typeof(${name}) = 'string'` : sql`true`;
  const made = new Set<string>();
  // Places of rows move with every change, so the texts are walked in their own order; ours are random and differ.
  for (let after = ""; ; ) {
    const cells = await ctx.db.orm.execute<Cell>(sql`
      select ctid::text as place, ${text} as sealed from ${table}
      where ${isText} and ${text} collate "C" > ${after} order by ${text} collate "C" limit ${batchRows}`);
    for (const { place, sealed } of cells) {
      if (made.has(markOf(sealed))) continue;
      const fresh = renewOrNull(ctx, sealed, purpose);
      if (fresh === "unreadable") report.unreadable += 1;
      else if (fresh === null) report.current += 1;
      else {
        const value = isJson ? sql`to_jsonb(${fresh}::text)` : sql`${fresh}`;
        const swap = sql`update ${table} set ${name} = ${value} where ${text} = ${sealed}`;
        let swapped = await ctx.db.orm.execute(sql`${swap} and ctid = ${place}::tid returning 1`);
        // The row has moved, because something else of it changed.
        if (swapped.length === 0) swapped = await ctx.db.orm.execute(sql`${swap} returning 1`);
        report.renewed += swapped.length;
        made.add(markOf(fresh));
      }
    }
    const last = cells.at(-1);
    if (!last || cells.length < batchRows) return report;
    after = last.sealed;
  }
}

/** The random beginning of a sealed text tells it from all others; whole ones would fill the memory. */
const markOf = (sealed: string) => sealed.slice(0, 24);

function renewOrNull(ctx: Ctx, sealed: string, purpose: string): string | null | "unreadable" {
  try {
    return ctx.sealer.renew(sealed, purpose);
  } catch {
    return "unreadable";
  }
}
