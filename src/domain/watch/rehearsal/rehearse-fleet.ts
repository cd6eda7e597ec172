import { z } from "zod";
import type { Fact } from "@/contracts/facts";
import { type AgentStatus, agentStatusSchema } from "@/contracts/fleet/status";
import { watches } from "@/contracts/watch/scope";
import { observeHost } from "../observe/host-down";
import { newsOf } from "../observe/news";
import { observeOutage } from "../observe/outage";
import { blindOf } from "./blindness";
import { Fold } from "./fold";
import { Head } from "./head-count";
import { kindsOfFacts } from "./rehearse-facts";
import { nothingTold, type RehearsedAgent, type Stage, type Told } from "./stage";
import { storedFacts } from "./stored-facts";
import { watchingOf } from "./watching";

/**
 * Outages and hosts: life counts in the table of now, so the table of then is made again. An agent begins with the
 * status that its first fact says it had before, or, without one, with that of now; facts move it on. Facts of one
 * moment are counted together, as they are written together.
 */
export async function rehearseFleet(stage: Stage): Promise<Told> {
  const { ctx, rule, span, range, outcome, bounds } = stage;
  const told = nothingTold();
  const fold = new Fold(ctx, rule, outcome);
  const head = new Head();
  for (const agent of await beginnings(stage)) head.put(agent.id, agent);
  const judge = (at: Date, hosts: Iterable<string>) => {
    if (rule.draft.condition.kind === "outage") {
      fold.see(observeOutage(watchingOf(rule, "outage"), head.all, at));
      return;
    }
    for (const host of hosts)
      fold.see(observeHost(watchingOf(rule, "host-down"), host, head.ofHost(host), at));
  };
  let at: Date | null = null;
  let touched = new Set<string>();
  for await (const fact of storedFacts(ctx, kindsOfFacts("offline"), range, bounds)) {
    const moment = new Date(fact.at);
    if (moment < span.runUp) continue;
    if (at && moment.getTime() !== at.getTime()) {
      judge(at, touched);
      [at, touched] = [null, new Set()];
    }
    if (bounds.over) {
      told.stoppedAt = moment;
      break;
    }
    const blind = blindOf(fact);
    if (blind) fold.wasBlind(blind);
    const hosts = move(head, fact, stage);
    if (!hosts) continue;
    at = moment;
    for (const host of hosts) touched.add(host);
  }
  if (at) judge(at, touched);
  fold.end(told.stoppedAt ?? span.to);
  told.notes.push("Who belongs to which group, tag and scope is taken from now, not from then.");
  return told;
}

/** Moves the agent of a fact on; answers the hosts that it was and is on, null when it means nothing. */
function move(head: Head, fact: Fact, { agents, rule }: Stage): string[] | null {
  const news = newsOf(fact);
  const agent = news && agents.get(news.agentId);
  if (!news || !agent || !watches(rule.draft, agent)) return null;
  const counts =
    news.status !== null || ["agent.removed", "agent.changed", "agent.connected"].includes(fact.kind);
  if (!counts) return null;
  const before = head.get(agent.id);
  const host = news.host ?? before?.host ?? agent.host;
  const status = news.status ?? before?.status ?? agent.status;
  if (fact.kind === "agent.removed") head.take(agent.id);
  else head.put(agent.id, { host, status });
  return [before?.host, host].filter((name) => typeof name === "string");
}

const beforeSchema = z.object({ status: agentStatusSchema });

/** Agents of the scope that were there at the beginning of the run-up, with the status of then. */
async function beginnings({
  ctx,
  agents,
  rule,
  range,
  span,
}: Stage): Promise<{ id: string; host: string | null; status: AgentStatus }[]> {
  const firsts = await ctx.db.sql<{ id: string; before: string | null }[]>`
    select distinct on (target->>'id') target->>'id' as id, before
    from facts where account_id = ${ctx.account} and seq > ${range.afterSeq} and seq <= ${range.throughSeq}
      and at >= ${span.runUp.toISOString()}::timestamptz and target->>'kind' = 'agent' and after ? 'status'
    order by target->>'id', seq`;
  const first = new Map(firsts.map(({ id, before }) => [id, before]));
  return [...agents.values()].flatMap((agent) => {
    if (agent.createdAt >= span.runUp || (agent.removedAt && agent.removedAt < span.runUp)) return [];
    if (!watches(rule.draft, agent)) return [];
    return { id: agent.id, host: agent.host, status: statusThen(agent, first.get(agent.id)) };
  });
}

function statusThen(agent: RehearsedAgent, before: string | null | undefined): AgentStatus {
  const said = before ? beforeSchema.safeParse(JSON.parse(before)) : null;
  return said?.success ? said.data.status : agent.status;
}
