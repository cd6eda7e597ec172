import type { ScopedAgent } from "@/contracts/watch/scope";
import type { Ctx, Unit } from "@/domain/kernel";
import { readAgents } from "../observe/read-agents";
import { Outcome } from "./fold";
import { readEpisodesOfRule } from "./read-episodes";
import { writeOutcome } from "./write-outcome";

/**
 * Ends what a rule has open about agents that fit `which` (null: a subject without an agent), for the given reason:
 * firing alerts resolve, and their states are forgotten. Call it with the rule locked.
 */
export async function resolveAlertsOfRule(
  ctx: Ctx,
  unit: Unit,
  ruleId: string,
  which: (agent: ScopedAgent | null) => boolean,
  resolution: string,
): Promise<void> {
  const episodes = await readEpisodesOfRule(ctx, unit.tx, ruleId);
  const agents = await readAgents(
    ctx,
    unit.tx,
    episodes.flatMap(({ agentId }) => agentId ?? []),
  );
  const outcome = new Outcome(ctx);
  for (const episode of episodes) {
    const agent = (episode.agentId && agents.get(episode.agentId)) || null;
    if (which(agent)) outcome.end(episode, resolution, ctx.clock.now());
  }
  await writeOutcome(ctx, unit, outcome);
}
