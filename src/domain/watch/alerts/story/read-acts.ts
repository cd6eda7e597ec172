import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "@/contracts/kernel/actor";
import type { StoryEntry, storyActs } from "@/contracts/watch/story";
import type { Ctx } from "@/domain/kernel";

/** Facts about an alert that are part of its story; comments have a table of their own. */
const kinds = [
  "alert.acknowledged",
  "alert.unacknowledged",
  "alert.assigned",
  "alert.snoozed",
  "alert.flapping",
] as const;

type FactRow = {
  kind: (typeof kinds)[number];
  at: string;
  actor: Actor;
  reason: string | null;
  after: unknown;
};

const saidSchema = z
  .object({
    assignedTo: z.object({ name: z.string() }).nullish(),
    snoozedUntil: z.string().nullish(),
  })
  .catch({});

/** What people did to it and when it began to flap, as the log tells; also what is not stamped yet. */
export async function readActs(ctx: Ctx, alertId: string, limit: number): Promise<StoryEntry[]> {
  const wanted = sql`account_id = ${ctx.account} and target->>'id' = ${alertId} and kind in ${[...kinds]}`;
  // One statement, so that a fact that is stamped meanwhile is seen once.
  const rows = await ctx.db.orm.execute<FactRow>(sql`
    select kind, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor, reason, after from (
      select 0 as place, seq, kind, at, actor, reason, after from facts where ${wanted}
      union all
      select 1, id, kind, at, actor, reason, after from facts_pending where ${wanted}
      order by 1 desc, 2 desc limit ${limit}
    ) as every order by place, seq`);
  return rows.map((row, index) => entryOf(row, `${row.kind}-${index}`));
}

function entryOf({ kind, at, actor, reason, after }: FactRow, id: string): StoryEntry {
  if (kind === "alert.flapping") return { kind: "flapping", id, at };
  const said = saidSchema.parse(after ?? {});
  const act = (name: (typeof storyActs)[number], text: string | null, until: string | null = null) => ({
    kind: "act" as const,
    id,
    at,
    act: name,
    by: actor,
    text,
    until,
  });
  if (kind === "alert.acknowledged") return act("acknowledged", reason);
  if (kind === "alert.unacknowledged") return act("unacknowledged", reason);
  if (kind === "alert.assigned") return act("assigned", said.assignedTo?.name ?? null);
  const until = said.snoozedUntil ?? null;
  return until === null ? act("unsnoozed", null) : act("snoozed", null, until);
}
