import type { Fact } from "@/contracts/facts";
import { watches } from "@/contracts/watch/scope";
import { metricObservations } from "../observe/judge-minute";
import { newsOf } from "../observe/news";
import type { Observation } from "../observe/observation";
import { observeNews } from "../observe/observe-fact";
import { Fold } from "./fold";
import { mergeTimes } from "./merge-times";
import { agentsBeyond, minutesOf, oldestMinute, type Run, readRuns } from "./metric-series";
import { readRemovals } from "./removals";
import { type Blind, nothingTold, type RehearsedAgent, type Stage, type Told } from "./stage";
import { watching as watchingAny, watchingOf } from "./watching";

const hourMs = 3_600_000;
/** Looked through for bad minutes in one statement, and agents whose minutes are read in one. */
const chunkMs = 6 * hourMs;
const agentsAtOnce = 25;

type Moment = { at: Date; seen: Observation } | { at: Date; blind: Blind };

/**
 * Rules about metrics. Whoever never crossed the threshold is no news, so first those who did are looked for; then
 * their minutes are judged, an agent at a time. A rule that alerts without data looks at everybody.
 */
export async function rehearseMetric(stage: Stage): Promise<Told> {
  const { ctx, rule, span, range, agents, bounds } = stage;
  const told = nothingTold();
  const watching = watchingOf(rule, "metric");
  told.dataFrom = await oldestMinute(ctx, watching.condition);
  const everybody = [...agents.values()].filter((agent) => watches(rule.draft, agent));
  const ids = rule.draft.noData === "alert" ? null : await candidates(stage, told);
  const wanted = ids ? everybody.filter(({ id }) => ids.has(id)) : everybody;
  const removals = await readRemovals(ctx, range, bounds);
  let done = 0;
  for (let first = 0; first < wanted.length && !bounds.over; first += agentsAtOnce) {
    const some = wanted.slice(first, first + agentsAtOnce);
    const runs = await readRuns(
      ctx,
      watching.condition,
      some.map(({ id }) => id),
      span.runUp,
      span.to,
    );
    const runsOf = new Map<string, Run[]>();
    for (const run of runs) {
      const own = runsOf.get(run.agentId);
      if (own) own.push(run);
      else runsOf.set(run.agentId, [run]);
    }
    for (const agent of some) {
      await bounds.breathe();
      rehearseAgent(stage, agent, runsOf.get(agent.id) ?? [], removals.get(agent.id));
    }
    done += some.length;
  }
  if (done < wanted.length)
    told.notes.push(
      `There was too much to read: ${done} of ${wanted.length} agents were looked at. The numbers are of those only.`,
    );
  return told;
}

/** One agent's minutes, its end and our blindness, in the order of their times. */
function rehearseAgent(stage: Stage, agent: RehearsedAgent, runs: Run[], removal: Fact | undefined): void {
  const { ctx, rule, span, blind, outcome } = stage;
  const fold = new Fold(ctx, rule, outcome);
  const watching = watchingOf(rule, "metric");
  const to = agent.removedAt && agent.removedAt < span.to ? agent.removedAt : span.to;
  const minutes = metricObservations(
    watching,
    { agent, minutes: minutesOf(runs) },
    { from: span.runUp, to, knownSince: agent.createdAt, blind },
  );
  const news = removal && newsOf(removal);
  const ends = news ? observeNews([watchingAny(rule)], news, agent) : [];
  const asMoments = function* (list: Iterable<Observation>): Generator<Moment> {
    for (const seen of list) yield { at: seen.at, seen };
  };
  const blinds: Moment[] = blind.map((one) => ({ at: one.at, blind: one }));
  for (const moment of mergeTimes<Moment>(
    ({ at }) => at.getTime(),
    blinds,
    asMoments(minutes),
    asMoments(ends),
  ))
    if ("seen" in moment) fold.see(moment.seen);
    else fold.wasBlind(moment.blind);
  fold.end(span.to);
}

/** Who crossed the threshold, looked for from the newest hours back as long as there is time. */
async function candidates({ ctx, rule, span, bounds }: Stage, told: Told): Promise<Set<string>> {
  const found = new Set<string>();
  const { condition } = watchingOf(rule, "metric");
  const begin = Math.max(span.runUp.getTime(), told.dataFrom?.getTime() ?? span.to.getTime());
  for (let toMs = span.to.getTime(); toMs > begin; toMs -= chunkMs) {
    await bounds.breathe();
    const to = new Date(toMs);
    if (bounds.over) {
      told.notes.push("There was too much to read: older data than what is said here was not looked at.");
      told.dataFrom = to;
      break;
    }
    const from = new Date(Math.max(begin, toMs - chunkMs));
    for (const id of await agentsBeyond(ctx, condition, from, to)) found.add(id);
  }
  return found;
}
