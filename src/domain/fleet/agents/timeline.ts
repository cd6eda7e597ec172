import { and, desc, eq, inArray, lte, ne, or, sql } from "drizzle-orm";
import type { TimelineItem } from "@/contracts/fleet/agent";
import type { CommandKind } from "@/contracts/fleet/command";
import type { Page } from "@/contracts/kernel/page";
import { agentActivities, commands, facts } from "@/db/schema";
import { type Ctx, cursorMoment, demand, pageOfRows, readCursor } from "@/domain/kernel";
import { commandFactKinds, commandFactTitle, factTitle } from "./fact-title";
import { agentRows } from "./find-agent";

/** Rows of one millisecond that a page may have to skip; one agent never has more. */
const tieReserve = 50;

/** Commands whose facts a timeline looks for: older ones are found on the page of commands. */
const commandsShown = 200;

/** Facts about an agent and its commands, and what it reported, newest first. The cursor is `<time>|<item id>` of the last item. */
export async function agentTimeline(
  ctx: Ctx,
  agentId: string,
  page: { limit: number; cursor?: string },
): Promise<Page<TimelineItem>> {
  demand(ctx, "board:read");
  await agentRows(ctx, agentId);
  const end = readCursor(page.cursor, placeOf);
  const [happened, reported] = await Promise.all([
    factItems(ctx, agentId, end?.at, page.limit + tieReserve),
    activityItems(ctx, agentId, end?.at, page.limit + tieReserve),
  ]);
  const ordered = [...happened, ...reported]
    .sort((left, right) => compare(right, left))
    .filter((item) => !end || compare(item, { at: end.at.toISOString(), id: end.id }) < 0);
  return pageOfRows(
    ordered,
    page.limit,
    (item) => item,
    ({ at, id }) => `${at}|${id}`,
  );
}

type Place = Pick<TimelineItem, "at" | "id">;

function compare(left: Place, right: Place): number {
  if (left.at !== right.at) return left.at < right.at ? -1 : 1;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

function placeOf(cursor: string): { at: Date; id: string } | null {
  const [time = "", id] = cursor.split("|", 2);
  const at = cursorMoment(time);
  return at && id ? { at, id } : null;
}

async function factItems(
  ctx: Ctx,
  agentId: string,
  until: Date | undefined,
  limit: number,
): Promise<TimelineItem[]> {
  const told = await commandKindsOf(ctx, agentId);
  const targetId = sql`(${facts.target}->>'id')`;
  const rows = await ctx.db.orm
    .select()
    .from(facts)
    .where(
      and(
        eq(facts.accountId, ctx.account),
        or(
          eq(targetId, agentId),
          and(inArray(targetId, [...told.keys()]), inArray(facts.kind, [...commandFactKinds])),
        ),
        until ? lte(facts.at, until) : undefined,
      ),
    )
    .orderBy(desc(facts.seq))
    .limit(limit);
  return rows.map((row) => ({
    id: `fact-${String(row.seq).padStart(16, "0")}`,
    at: row.at.toISOString(),
    source: "fact",
    kind: row.kind,
    title: commandFactTitle(row.kind, told.get(row.target?.id ?? "")) ?? factTitle(row.kind),
    detail: row.reason ?? textOf(row.data?.reason) ?? textOf(row.after?.message) ?? decidedBy(row.after),
    actor: row.actor.kind === "system" ? null : row.actor.name,
  }));
}

async function commandKindsOf(ctx: Ctx, agentId: string): Promise<Map<string, CommandKind>> {
  const rows = await ctx.db.orm
    .select({ id: commands.id, kind: commands.kind })
    .from(commands)
    .where(and(eq(commands.accountId, ctx.account), eq(commands.agentId, agentId)))
    .orderBy(desc(commands.requestedAt))
    .limit(commandsShown);
  return new Map(rows.map((row) => [row.id, row.kind]));
}

async function activityItems(
  ctx: Ctx,
  agentId: string,
  until: Date | undefined,
  limit: number,
): Promise<TimelineItem[]> {
  const rows = await ctx.db.orm
    .select()
    .from(agentActivities)
    .where(
      and(
        eq(agentActivities.agentId, agentId),
        // A crash is a fact as well, and told as such.
        ne(agentActivities.kind, "crashed"),
        until ? lte(agentActivities.receivedAt, until) : undefined,
      ),
    )
    .orderBy(desc(agentActivities.receivedAt), desc(agentActivities.id))
    .limit(limit);
  return rows.map((row) => ({
    id: `activity-${row.id}`,
    at: row.receivedAt.toISOString(),
    source: "activity",
    kind: row.kind,
    title: row.title,
    detail: row.detail,
    actor: null,
  }));
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function decidedBy(after: Record<string, unknown> | null): string | null {
  const evidence = after?.evidence;
  if (typeof evidence !== "object" || evidence === null || !("decidedBy" in evidence)) return null;
  return textOf(evidence.decidedBy);
}
