import type { Ctx } from "@/domain/kernel";
import type { Recipient } from "../notifications/queue";
import { decide, type WatchedAgent } from "../rules/decide";
import { type RuleRow, ruleOf } from "../rules/view";
import type { Sighting } from "./observe";
import type { Watch } from "./read-watch";
import type { Ending } from "./resolve";
import type { AlertRow } from "./view";

/** A sighting with the place of its fact in the log. */
export type Sighted = Sighting & { seq: number };

/** What a batch comes to. `throughSeq`: the facts up to there are done. */
export type Outcome = { fired: AlertRow[]; recipients: Recipient[]; endings: Ending[]; throughSeq: number };

/** Alerts begun and ended in one transaction at most: their facts must fit into one statement's parameters. */
const mostChanges = 2_000;

/**
 * Goes through the sightings in order: an agent that fell and came back inside one batch (we were away for a while)
 * gets its whole story, not just the end of it.
 */
export function foldSightings(
  ctx: Pick<Ctx, "ids" | "account">,
  watch: Watch,
  sightings: Sighted[],
  lastSeq: number,
): Outcome {
  const outcome: Outcome = { fired: [], recipients: [], endings: [], throughSeq: lastSeq };
  const firing = new Map(watch.firing.map((alert) => [keyOf(alert), alert]));
  const open = new Set(watch.channelIds);
  const ended = new Set<string>();
  let doneSeq = 0;
  for (const sighting of sightings) {
    const changes = outcome.fired.length + outcome.endings.length;
    const full = changes > 0 && changes + watch.rules.length > mostChanges;
    // Alerts are inserted before the others are ended, so a second fall of an agent waits for the next transaction:
    // the unique index would take it for a repeat of the first.
    const fellAgain = sighting.seen === "offline" && ended.has(sighting.agentId);
    if (full || fellAgain) {
      outcome.throughSeq = doneSeq;
      break;
    }
    const agent = watch.agents.get(sighting.agentId) ?? unknownAgent(sighting);
    for (const rule of watch.rules) {
      const key = keyOf({ ruleId: rule.id, agentId: agent.id });
      const before = firing.get(key) ?? null;
      const seen = { agent, seen: sighting.seen, by: sighting.by, firingSince: before?.since ?? null };
      const { act, reason } = decide(ruleOf(rule), seen, sighting.at);
      if (act === "fire") {
        const alert = alertFrom(ctx, rule, agent, sighting);
        firing.set(key, alert);
        outcome.fired.push(alert);
        for (const channelId of rule.channelIds.length > 0 ? rule.channelIds : watch.channelIds) {
          if (open.has(channelId)) outcome.recipients.push({ alertId: alert.id, channelId });
        }
      } else if (act === "resolve" && before) {
        firing.delete(key);
        ended.add(agent.id);
        outcome.endings.push({ alert: before, resolution: reason, status: sighting.status, at: sighting.at });
      }
    }
    doneSeq = sighting.seq;
  }
  return outcome;
}

function keyOf({ ruleId, agentId }: { ruleId: string; agentId: string }): string {
  return `${ruleId} ${agentId}`;
}

/** An agent that is gone from the table by the time we read: the fact's own words must do. */
function unknownAgent(sighting: Sighting): WatchedAgent {
  return { id: sighting.agentId, name: sighting.agentName, group: null, tags: [] };
}

function alertFrom(
  ctx: Pick<Ctx, "ids" | "account">,
  rule: RuleRow,
  agent: WatchedAgent,
  sighting: Sighting,
): AlertRow {
  return {
    id: ctx.ids.id("alr"),
    accountId: ctx.account,
    ruleId: rule.id,
    ruleName: rule.name,
    kind: rule.kind,
    severity: rule.severity,
    state: "firing",
    agentId: agent.id,
    agentName: agent.name,
    group: agent.group,
    host: sighting.host,
    status: "offline",
    since: sighting.since,
    firedAt: sighting.at,
    resolvedAt: null,
    resolution: null,
    lastKnown: sighting.lastKnown,
    acknowledgedBy: null,
    acknowledgedAt: null,
  };
}
