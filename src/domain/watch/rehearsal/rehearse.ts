import { asc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { ConditionKind } from "@/contracts/watch/condition";
import type { Rehearsal, rehearseSchema } from "@/contracts/watch/rehearsal";
import type { RuleDraft } from "@/contracts/watch/rule";
import { agentPresence, agents, groups } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { demandSound, hintsOfTimes } from "../rules/check-draft";
import { type RuleRow, tidyDraft } from "../rules/view";
import { readBlindness } from "./blindness";
import { countMessages } from "./count-messages";
import { oneAtATime } from "./one-at-a-time";
import { mostKept, Outcome } from "./outcome";
import { rehearseExpiry } from "./rehearse-expiry";
import { rehearseFacts } from "./rehearse-facts";
import { rehearseFleet } from "./rehearse-fleet";
import { rehearseLog } from "./rehearse-log";
import { rehearseMetric } from "./rehearse-metric";
import { Bounds, nothingTold, type RehearsedAgent, type Stage, type Told } from "./stage";
import { headSeq, seqBefore } from "./stored-facts";

const dayMs = 86_400_000;
/** A request waits so long at most; what could not be read by then is told of. */
const budgetMs = 12_000;
const mostShown = 200;

const byKind: Record<ConditionKind, (stage: Stage) => Promise<Told>> = {
  offline: rehearseFacts,
  "no-heartbeat": rehearseFacts,
  stuck: rehearseFacts,
  "restart-loop": rehearseFacts,
  "command-failed": rehearseFacts,
  "config-drift": rehearseFacts,
  metric: rehearseMetric,
  log: rehearseLog,
  outage: rehearseFleet,
  "host-down": rehearseFleet,
  expiry: rehearseExpiry,
  self: async () => ({
    ...nothingTold(),
    notes: ["How Mission Control itself was is not stored, so this can't be rehearsed."],
  }),
};

/**
 * What a draft would have fired in the last days, by the functions that judge in life over what is stored; nothing is
 * written. Groups and tags are those of now. One at a time a person: a newer one takes the place of an older one.
 */
export async function rehearse(
  ctx: Ctx,
  { rule: wish, days, ruleId }: z.output<typeof rehearseSchema>,
  gone?: AbortSignal,
): Promise<Rehearsal> {
  demand(ctx, "rules:manage");
  const draft = tidyDraft(wish);
  demandSound(draft);
  const to = ctx.clock.now();
  const from = new Date(to.getTime() - days * dayMs);
  const row: RuleRow = {
    id: ruleId ?? "rul_rehearsed",
    accountId: ctx.account,
    version: 0,
    draft: { ...draft, enabled: true },
    createdAt: from,
    changedAt: from,
    deletedAt: null,
  };
  return oneAtATime(`${ctx.account} ${ctx.actor.id}`, gone, (signal) => run(ctx, row, { from, to }, signal));
}

async function run(
  ctx: Ctx,
  rule: RuleRow,
  asked: { from: Date; to: Date },
  signal: AbortSignal,
): Promise<Rehearsal> {
  const began = performance.now();
  const bounds = new Bounds(budgetMs, signal);
  const { from } = asked;
  const span = { ...asked, runUp: new Date(from.getTime() - runUpMs(rule.draft)) };
  const range = { afterSeq: await seqBefore(ctx, span.runUp), throughSeq: await headSeq(ctx) };
  const blind = await readBlindness(ctx, range, bounds);
  const outcome = new Outcome(from);
  const known = await readAgents(ctx);
  const told = await byKind[rule.draft.condition.kind]({
    ...{ ctx, rule, span, range, blind, agents: known, outcome, bounds },
  });
  const to = told.stoppedAt ?? asked.to;
  const notes = [...hintsOfTimes(ctx, rule.draft), ...told.notes];
  if (told.stoppedAt)
    notes.push("There was too much to read in the time: what came later was not looked at.");
  if (outcome.firings > mostKept)
    notes.push(`Messages are counted of the first ${mostKept} of ${outcome.firings} firings.`);
  await bounds.breathe();
  const messages = await countMessages(ctx, rule.draft, outcome, { from, to });
  const newest = [...outcome.alerts].sort((one, other) => other.firedAt.getTime() - one.firedAt.getTime());
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    dataFrom: told.dataFrom && told.dataFrom > from ? told.dataFrom.toISOString() : null,
    blind: blind
      .filter((one) => one.to > from && one.from < to)
      .map((one) => ({ from: one.from.toISOString(), to: one.to.toISOString() })),
    firings: outcome.firings,
    subjects: outcome.subjects.size,
    firingMs: outcome.firingMs,
    ...messages,
    episodes: newest.slice(0, mostShown).map((alert) => ({
      subject: { kind: alert.subjectKind, id: alert.subjectId, name: alert.subjectName },
      since: alert.since.toISOString(),
      firedAt: alert.firedAt.toISOString(),
      resolvedAt: alert.resolvedAt?.toISOString() ?? null,
      value: alert.value,
      summary: alert.summary,
      resolution: alert.resolution,
    })),
    notes,
    looked: { observations: outcome.observations, tookMs: Math.round(performance.now() - began) },
  };
}

/** As far back as what is counted or waited for may reach, and a day at least for what began before. */
function runUpMs({ condition, forMs }: RuleDraft): number {
  const windowMs = "windowMs" in condition ? condition.windowMs : 0;
  const afterMs = "afterMs" in condition ? condition.afterMs : 0;
  return Math.max(dayMs, forMs + windowMs + afterMs);
}

/** Everybody who was ever there: the fleet of a log of seven days. */
async function readAgents({ db, account }: Ctx): Promise<Map<string, RehearsedAgent>> {
  const rows = await db.orm
    .select({
      id: agents.id,
      name: agents.name,
      group: groups.name,
      tags: agents.tags,
      host: agentPresence.host,
      status: agentPresence.status,
      createdAt: agents.createdAt,
      removedAt: agents.removedAt,
    })
    .from(agents)
    .leftJoin(agentPresence, eq(agentPresence.agentId, agents.id))
    .leftJoin(groups, eq(groups.id, agents.groupId))
    .where(eq(agents.accountId, account))
    // Two rehearsals in a row find the same in the same order, whatever happened to the rows in between.
    .orderBy(asc(agents.id));
  return new Map(rows.map((row) => [row.id, { ...row, status: row.status ?? "never-connected" }]));
}
