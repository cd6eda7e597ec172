import type { Labels } from "@/contracts/watch/matcher";
import type { AlertPolicy, Route } from "@/contracts/watch/policy";
import type { RuleDraft } from "@/contracts/watch/rule";
import { type Calm, type PastMessage, tellHistory } from "./tell-history";

/** An episode that a rehearsal found. `labels` as its alert would have had them. */
export type RehearsedEpisode = {
  labels: Labels;
  agentId: string | null;
  since: Date;
  firedAt: Date;
  resolvedAt: Date | null;
  calms: readonly Calm[];
};

export type ToldTimes = {
  /** Messages that one channel would have got: the one that gets most. */
  messages: number;
  /** The sixty minutes in which that channel would have got most, from their first message on. */
  worstHour: { at: string; messages: number } | null;
  byChannel: Record<string, number>;
};

const hourMs = 3_600_000;

/**
 * How many messages a rule's episodes would have made by these routes, repeats included: the stages and times of the
 * notifier, without silences and without other rules' alerts. Episodes that fired before `from` lead up to it: what
 * came later was gathered and spaced with them in view, but messages that tell of nobody else do not count. `channels`
 * are the ids of those that are switched on; left out, every channel that the routes name, and one that stands for all
 * others.
 */
export function simulateTelling(
  policy: AlertPolicy,
  draft: RuleDraft,
  episodes: readonly RehearsedEpisode[],
  { from, to, channels }: { from: Date; to: Date; channels?: readonly string[] },
): ToldTimes {
  const named = channels ?? [...new Set([...channelsOf(policy.root), ...draft.channelIds, "every channel"])];
  const isOfSpan = (id: string) => (episodes[Number(id)]?.firedAt ?? from) >= from;
  const told = tellHistory({
    policy,
    channels: named.map((id) => ({ id, name: id, perMinute: null })),
    alerts: episodes.map(({ labels, agentId, since, firedAt, resolvedAt, calms }, index) => ({
      id: String(index),
      labels,
      agentId,
      watched: draft,
      severity: draft.severity,
      subjectName: String(labels.subject ?? ""),
      ruleName: draft.name,
      rule: { id: "rehearsed", name: draft.name, channelIds: draft.channelIds },
      quiet: draft.quiet,
      since,
      firedAt,
      resolvedAt,
      calms,
    })),
    to,
  }).filter(
    ({ at, ...about }) => at >= from && [about.firing, about.resolved, about.still].flat().some(isOfSpan),
  );
  const byChannel: Record<string, number> = {};
  for (const { channelId } of told) byChannel[channelId] = (byChannel[channelId] ?? 0) + 1;
  const most = Object.entries(byChannel).reduce<[string, number]>(
    (best, one) => (one[1] > best[1] ? one : best),
    ["", 0],
  );
  const ofMost = told.filter(({ channelId }) => channelId === most[0]);
  return { messages: most[1], worstHour: worstHourOf(ofMost), byChannel };
}

function worstHourOf(told: readonly PastMessage[]): ToldTimes["worstHour"] {
  let worst: ToldTimes["worstHour"] = null;
  let last = 0;
  for (const [first, { at }] of told.entries()) {
    while (last < told.length && (told[last]?.at.getTime() ?? 0) < at.getTime() + hourMs) last++;
    if (last - first > (worst?.messages ?? 0)) worst = { at: at.toISOString(), messages: last - first };
  }
  return worst;
}

function channelsOf(route: Route): string[] {
  const steps = (route.escalation ?? []).flatMap(({ channelIds }) => channelIds);
  return [...route.channelIds, ...steps, ...route.routes.flatMap(channelsOf)];
}
