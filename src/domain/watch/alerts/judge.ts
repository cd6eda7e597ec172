import type { Ctx, Unit } from "@/domain/kernel";
import { type Observation, subjectKey } from "../observe/observation";
import { readAgents } from "../observe/read-agents";
import type { RuleRow } from "../rules/view";
import { type Episode, episodeKey } from "./episode";
import { Outcome } from "./fold";
import { readDueEpisodes, readEpisodes } from "./read-episodes";
import { writeOutcome } from "./write-outcome";

/** Changes in one transaction, at most: locks are short, and its facts fit into one statement. */
export const mostChanges = 2_000;

/**
 * Folds observations over where the rules stand, in order of their moments, and writes what begins, goes on and ends:
 * alerts, states and facts, in the caller's unit. Messages are made by who reads the facts. Some six statements,
 * however many observations there are.
 */
export async function judge(
  ctx: Ctx,
  unit: Unit,
  rows: RuleRow[],
  observations: Observation[],
): Promise<void> {
  await judgeParts(ctx, unit, rows, [inOrder(observations)], { limit: Number.POSITIVE_INFINITY });
}

/**
 * The same for parts that belong together, one after the other, until there are changes enough for one transaction.
 * Answers how many parts were judged: at least one. `inLogOrder`: the order of the parts counts and not the clocks of
 * those who wrote them, which may differ by some ms: what is told later is no older than what is known.
 */
export async function judgeParts(
  ctx: Ctx,
  unit: Unit,
  rows: RuleRow[],
  parts: readonly (readonly Observation[])[],
  { limit = mostChanges, inLogOrder = false }: { limit?: number; inLogOrder?: boolean } = {},
): Promise<number> {
  const all = parts.flat();
  if (all.length === 0) return parts.length;
  const rules = new Map(rows.map((row) => [row.id, row]));
  const episodes = await readEpisodes(ctx, unit.tx, all);
  const outcome = new Outcome(ctx);
  const now = ctx.clock.now();
  let judged = 0;
  for (const part of parts) {
    if (judged > 0 && outcome.changes + part.length > limit) break;
    for (const observation of part) {
      const rule = rules.get(observation.ruleId);
      const episode = rule && episodeOf(episodes, observation);
      if (!rule || !episode) continue;
      const { agent, lastKnown } = observation;
      // What lies in our future was told before the clock was set back: time did not pass until then.
      const toldAt = observation.at > now ? now : observation.at;
      const knownAt = episode.standing?.changedAt ?? toldAt;
      const at = inLogOrder && knownAt > toldAt ? knownAt : toldAt;
      outcome.follow(rule, episode, { ...observation, at }, { agent, lastKnown }, at);
    }
    judged += 1;
  }
  await writeOutcome(ctx, unit, outcome);
  return judged;
}

/** Moves on what time alone moves, as much as one transaction takes. Answers how many episodes were due. */
export async function judgeDue(ctx: Ctx, unit: Unit, rows: RuleRow[], now: Date): Promise<number> {
  const due = await readDueEpisodes(ctx, unit.tx, now, mostChanges);
  if (due.length === 0) return 0;
  const rules = new Map(rows.map((row) => [row.id, row]));
  const agents = await readAgents(
    ctx,
    unit.tx,
    due.flatMap(({ agentId, standing }) => (agentId && standing?.state !== "ok" ? [agentId] : [])),
  );
  const outcome = new Outcome(ctx);
  for (const episode of due) {
    const rule = rules.get(episode.ruleId);
    const agent = (episode.agentId && agents.get(episode.agentId)) || null;
    const background = { agent, lastKnown: agent?.lastKnown ?? null };
    if (rule) outcome.follow(rule, episode, null, background, now);
    else outcome.end(episode, "The rule is switched off", now);
  }
  await writeOutcome(ctx, unit, outcome);
  return due.length;
}

/** The episode of an observation; none where all is well and good news are no news. */
function episodeOf(episodes: Map<string, Episode>, observation: Observation): Episode | null {
  const { ruleId, subject, agent, truth } = observation;
  const key = subjectKey(subject);
  const found = episodes.get(episodeKey(ruleId, key));
  if (found) {
    // People know things by their newest name.
    if (found.subject.name !== subject.name) found.subject = subject;
    return found;
  }
  if (truth === "good") return null;
  const agentId = agent?.id ?? (subject.kind === "agent" ? subject.id : null);
  const fresh = { ruleId, key, subject, agentId, standing: null, alertId: null, stored: false };
  episodes.set(episodeKey(ruleId, key), fresh);
  return fresh;
}

const inOrder = (observations: readonly Observation[]) =>
  [...observations].sort((one, other) => one.at.getTime() - other.at.getTime());
