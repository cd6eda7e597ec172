import { type ScopedAgent, watches } from "@/contracts/watch/scope";
import { rawIn, type Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import { countOffline } from "./count-offline";
import { observeHost } from "./host-down";
import { type Observation, subjectKey } from "./observation";
import { openStates } from "./open-states";
import { observeOutage } from "./outage";
import type { NewRule } from "./present-agents";
import { rulesOfKind } from "./rules-of-kind";

type Fallen = ScopedAgent & { host: string | null; since: number };

/**
 * What new rules about the whole fleet and about hosts see in the table of now: what is bad and not open yet, since
 * the last of the agents that it takes fell silent.
 */
export async function presentOfFleet(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  rules: readonly NewRule[],
): Promise<Observation[]> {
  const outages = rulesOfKind(rules, "outage");
  const ofHosts = rulesOfKind(rules, "host-down");
  const all = [...outages, ...ofHosts];
  if (all.length === 0) return [];
  const fallen = await fallenAgents(ctx, tx);
  const hosts = [...new Set(fallen.flatMap(({ host }) => host ?? []))];
  const counts = await countOffline(ctx, tx, all, ofHosts.length > 0 ? hosts : []);
  const open = await openStates(
    tx,
    all.map(({ id }) => id),
  );
  const atOf = new Map(rules.map(({ id, at }) => [id, at]));
  const seen = counts.flatMap(({ ruleId, host, ...count }): Observation[] => {
    const at = atOf.get(ruleId);
    const outage = outages.find(({ id }) => id === ruleId);
    const ofHost = ofHosts.find(({ id }) => id === ruleId);
    if (!at) return [];
    if (outage) {
      const { percent, atLeast } = outage.condition;
      const takes = Math.max(atLeast, Math.ceil((percent * count.total) / 100));
      const own = fallen.filter((agent) => watches(outage.draft, agent));
      return [since(observeOutage(outage, count, at), own, takes)];
    }
    if (!ofHost || host === null) return [];
    const own = fallen.filter((agent) => agent.host === host && watches(ofHost.draft, agent));
    return [since(observeHost(ofHost, host, count, at), own, own.length)];
  });
  return seen.filter(({ ruleId, subject, truth }) => {
    const state = open.get(ruleId)?.get(subjectKey(subject))?.state;
    return truth === "bad" && state !== "pending" && state !== "firing";
  });
}

/** The observation since the moment at which so many of these had fallen. */
function since(seen: Observation, fallen: readonly Fallen[], takes: number): Observation {
  const moments = fallen.map((agent) => agent.since).sort((one, other) => one - other);
  const began = moments[takes - 1];
  return began === undefined ? seen : { ...seen, since: new Date(Math.min(began, seen.at.getTime())) };
}

async function fallenAgents({ account }: Pick<Ctx, "account">, tx: Tx): Promise<Fallen[]> {
  const rows = await rawIn(tx)<(Omit<Fallen, "since"> & { since: string })[]>`
    select a.id, a.tags, g.name as "group", p.host, p.status_since as since
    from agents a join agent_presence p on p.agent_id = a.id left join groups g on g.id = a.group_id
    where a.account_id = ${account} and a.removed_at is null and p.status = 'offline'`;
  return rows.map((row) => ({ ...row, since: Date.parse(row.since) }));
}
