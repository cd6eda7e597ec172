import type { Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import type { RuleRow } from "@/domain/watch/rules/view";
import { countOffline } from "./count-offline";
import { observeHost } from "./host-down";
import { isBack, type News } from "./news";
import type { Observation } from "./observation";
import { openStates } from "./open-states";
import { observeOutage } from "./outage";
import { rulesOfKind } from "./rules-of-kind";

/** Whether the news can change how many agents are expected or offline. */
const countsAnew = ({ status, kind }: News): boolean =>
  status !== null || kind === "agent.removed" || kind === "agent.changed" || kind === "agent.connected";

/**
 * What rules about the whole fleet and about hosts see after news of agents: as of the newest of them, judged from
 * the table of now. One question for the numbers, and one for what is open about hosts that may have none any more.
 */
export async function observeFleet(
  ctx: Ctx,
  tx: Tx,
  rows: RuleRow[],
  news: readonly News[],
  hostsOfAgents: readonly (string | null)[],
): Promise<Observation[]> {
  const outages = rulesOfKind(rows, "outage");
  const ofHosts = rulesOfKind(rows, "host-down");
  const changes = news.filter(countsAnew);
  const newest = changes.at(-1);
  if (!newest || outages.length + ofHosts.length === 0) return [];
  const open = await openStates(
    tx,
    [...outages, ...ofHosts].map(({ id }) => id),
  );
  // Nothing bad can begin with agents that come, so a storm of them costs no counting.
  if (open.size === 0 && changes.every((each) => isBack(each) || each.kind === "agent.connected")) return [];
  const at = changes.reduce((latest, { at }) => (at > latest ? at : latest), newest.at);
  const named = [...changes.map(({ host }) => host), ...hostsOfAgents].filter((host) => host !== null);
  const hosts = ofHosts.length > 0 ? [...new Set(named)] : [];
  const counts = await countOffline(ctx, tx, [...outages, ...ofHosts], hosts);
  const countOf = new Map(counts.map((count) => [keyOf(count.ruleId, count.host), count]));
  const none = { total: 0, offline: 0 };
  return [
    ...outages.map((rule) => observeOutage(rule, countOf.get(keyOf(rule.id, null)) ?? none, at)),
    ...ofHosts.flatMap((rule) => {
      const opened = [...(open.get(rule.id)?.values() ?? [])].map(({ subject }) => subject.id);
      return [...new Set([...hosts, ...opened])].map((host) =>
        observeHost(rule, host, countOf.get(keyOf(rule.id, host)) ?? none, at),
      );
    }),
  ];
}

const keyOf = (ruleId: string, host: string | null) => JSON.stringify([ruleId, host]);
