import { and, asc, desc, eq, gte, lt, or, type SQL, sql } from "drizzle-orm";
import { agentStatusSchema } from "@/contracts/fleet/status";
import { facts } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { agentRows } from "./find-agent";
import { type StatusSpan, type Uptime, uptimeSlices } from "./uptime";

const dayMs = 86_400_000;
const sliceMs = 15 * 60_000;

/** The last 24 hours of an agent, in quarters of an hour, out of its facts. */
export async function uptimeOf(ctx: Ctx, agentId: string): Promise<Uptime> {
  demand(ctx, "board:read");
  await agentRows(ctx, agentId);
  const toMs = Math.ceil(ctx.clock.now().getTime() / sliceMs) * sliceMs;
  const fromMs = toMs - dayMs;
  const from = new Date(fromMs);
  const about: SQL | undefined = and(
    eq(facts.accountId, ctx.account),
    eq(sql`(${facts.target}->>'id')`, agentId),
    or(sql`${facts.after} ? 'status'`, sql`${facts.after} ? 'activity'`),
  );
  const columns = { at: facts.at, after: facts.after };
  const [before, within] = await Promise.all([
    ctx.db.orm
      .select(columns)
      .from(facts)
      .where(and(about, lt(facts.at, from), sql`${facts.after} ? 'status'`))
      .orderBy(desc(facts.seq))
      .limit(1),
    ctx.db.orm
      .select(columns)
      .from(facts)
      .where(and(about, gte(facts.at, from)))
      .orderBy(asc(facts.seq))
      .limit(10_000),
  ]);
  const nowMs = Math.min(toMs, ctx.clock.now().getTime());
  return uptimeSlices(spansOf([...before, ...within], nowMs), fromMs, toMs, sliceMs);
}

/** Facts as spans. A status counts from its own `statusSince` (offline: the last beat), which may lie before the fact. */
function spansOf(rows: { at: Date; after: Record<string, unknown> | null }[], nowMs: number): StatusSpan[] {
  const spans: StatusSpan[] = [];
  for (const { at, after } of rows) {
    const previous = spans.at(-1);
    const status = agentStatusSchema.safeParse(after?.status);
    const since = typeof after?.statusSince === "string" ? Date.parse(after.statusSince) : Number.NaN;
    const atMs = status.success && !Number.isNaN(since) ? since : at.getTime();
    spans.push({
      atMs: Math.max(atMs, previous?.atMs ?? Number.NEGATIVE_INFINITY),
      status: status.success ? status.data : (previous?.status ?? null),
      stuck: after?.activity === "stuck",
    });
  }
  // What is still to come is nobody's uptime.
  if (spans.length > 0) spans.push({ atMs: nowMs, status: null, stuck: false });
  return spans;
}
