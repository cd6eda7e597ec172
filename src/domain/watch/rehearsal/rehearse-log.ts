import { type LogLevel, logLevels } from "@/contracts/fleet/log-line";
import { watches } from "@/contracts/watch/scope";
import type { Ctx } from "@/domain/kernel";
import { hitObservation, type LogRule, lineMatcher, sampleOf } from "../observe/match-lines";
import { newsOf } from "../observe/news";
import type { Observation } from "../observe/observation";
import { observeNews } from "../observe/observe-fact";
import { Fold } from "./fold";
import { readRemovals } from "./removals";
import { nothingTold, type RehearsedAgent, type Stage, type Told } from "./stage";
import { watching as watchingAny, watchingOf } from "./watching";

const pageRows = 5_000;
const hourMs = 3_600_000;

type Line = { id: string; agentId: string; at: string; level: number; message: string };
/** Fitting lines that came at once. */
type Batch = { agent: RehearsedAgent; at: string; count: number; sample: string };
/** Something that moves the states on at a moment. */
type Moment = { at: Date; act: () => void };

/**
 * Rules about lines: those that are kept are looked through again, each batch that came at once as one hit, as when it
 * came. Lines that were cleared away or never sent can't be.
 */
export async function rehearseLog(stage: Stage): Promise<Told> {
  const { ctx, rule, span, range, agents, blind, outcome, bounds } = stage;
  const told = nothingTold();
  const watching = watchingOf(rule, "log");
  const fold = new Fold(ctx, rule, outcome);
  const moments: Moment[] = blind.map((one) => ({ at: one.at, act: () => fold.wasBlind(one) }));
  for (const fact of (await readRemovals(ctx, range, bounds)).values()) {
    const news = newsOf(fact);
    const act = () => {
      if (news)
        for (const seen of observeNews([watchingAny(rule)], news, agents.get(news.agentId) ?? null))
          fold.see(seen);
    };
    moments.push({ at: new Date(fact.at), act });
  }
  moments.sort((one, other) => one.at.getTime() - other.at.getTime());
  const until = (at: Date) => {
    while (moments[0] && moments[0].at <= at) moments.shift()?.act();
  };
  told.dataFrom = await oldestLine(ctx);
  for await (const seen of hits(stage, watching, told)) {
    until(seen.at);
    fold.see(seen);
  }
  until(told.stoppedAt ?? span.to);
  fold.end(told.stoppedAt ?? span.to);
  return told;
}

async function oldestLine({ db, account }: Ctx): Promise<Date | null> {
  const [row] = await db.sql<{ at: string | null }[]>`
    select min(received_at) as at from log_lines where account_id = ${account}`;
  return row?.at ? new Date(row.at) : null;
}

/** Fitting lines in the order in which they came; those of one agent and moment as one. */
async function* hits(stage: Stage, rule: LogRule, told: Told): AsyncGenerator<Observation> {
  const fits = lineMatcher(rule.condition);
  let batch = null as Batch | null;
  const observed = (hit: Batch) => hitObservation(rule, { ...hit, at: new Date(hit.at) });
  for await (const line of lines(stage, rule, told)) {
    const agent = stage.agents.get(line.agentId);
    const level: LogLevel = logLevels[line.level] ?? "info";
    if (!agent || !watches(rule.draft, agent) || !fits({ level, message: line.message })) continue;
    const sample = sampleOf(line.message);
    if (batch && batch.agent.id === agent.id && batch.at === line.at) {
      batch.count += 1;
      batch.sample = sample;
      continue;
    }
    if (batch) yield observed(batch);
    batch = { agent, at: line.at, count: 1, sample };
  }
  if (batch) yield observed(batch);
}

/**
 * Lines of the level or worse, an hour at a time (they are stored by days), the database leaving out what can't fit:
 * a text is looked for there too, an expression is read here.
 */
async function* lines(
  { ctx, span, bounds }: Stage,
  { condition }: LogRule,
  told: Told,
): AsyncGenerator<Line> {
  const { sql } = ctx.db;
  const holds = condition.regex ? sql`` : sql`and message ilike ${likePattern(condition.pattern)}`;
  const least = logLevels.indexOf(condition.level);
  for (let fromMs = span.runUp.getTime(); fromMs < span.to.getTime(); fromMs += hourMs) {
    const from = new Date(fromMs).toISOString();
    const to = new Date(Math.min(fromMs + hourMs, span.to.getTime())).toISOString();
    let after = { at: from, agentId: "", id: "0" };
    for (;;) {
      await bounds.breathe();
      if (bounds.over) {
        told.stoppedAt = new Date(after.at);
        return;
      }
      const rows: Line[] = await sql<Line[]>`
        select id, agent_id as "agentId", received_at as at, level, message from log_lines
        where account_id = ${ctx.account} and received_at >= ${from}::timestamptz and received_at < ${to}::timestamptz
          and level >= ${least} ${holds}
          and (received_at, agent_id, id) > (${after.at}::timestamptz, ${after.agentId}, ${after.id}::bigint)
        order by received_at, agent_id, id limit ${pageRows}`;
      for (const row of rows) {
        yield row;
        await bounds.breathe();
      }
      const last = rows.at(-1);
      if (!last || rows.length < pageRows) break;
      after = last;
    }
  }
}

/**
 * What SQL looks for, so that few lines come here, where the match decides. Letters that are also the small form of
 * signs beyond ASCII (K and I are) may stand for anything there.
 */
function likePattern(pattern: string): string {
  const safe = [...pattern].map((sign) =>
    /[ -~]/.test(sign) && !/[ki]/i.test(sign) ? sign.replace(/[\\%_]/g, "\\$&") : "%",
  );
  return `%${safe.join("")}%`;
}
