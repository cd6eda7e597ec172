import type { Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import { watches } from "@/domain/watch/rules/scope";
import { judgeMinute, leftScope, type MetricRule, minuteMs, noDataMinutes } from "./judge-minute";
import { type MeasuredAgent, type MeasuredMinute, readMinute, readRecent } from "./measured-minute";
import { isBad } from "./metric-words";
import { closedAfterMs, lockMinuteCursor, moveMinuteCursor, readMinuteCursor } from "./minute-cursor";
import { type Observation, subjectKey } from "./observation";
import { type OpenState, openStates } from "./open-states";
import { rulesOfKind } from "./rules-of-kind";
import { Slices } from "./slices";
import type { TickingReader } from "./ticking-reader";

export { closedAfterMs };

/**
 * When a minute is judged later than this, nobody watched from then until now: what these minutes hold counts, what
 * they lack does not.
 */
const lateAfterMs = 120_000;
/** Minutes that are older were slept through and are not judged any more. */
const oldestMs = 15 * minuteMs;

type States = Map<string, Map<string, OpenState>>;

/** Closed minutes, in order, from a durable cursor on; each with a query for all agents and rules. */
export const metricReader: TickingReader = {
  name: "metric",
  everyMs: 2_000,
  async read(ctx, tx, rows, now) {
    const rules = rulesOfKind(rows, "metric");
    const lastClosed = Math.floor((now.getTime() - closedAfterMs) / minuteMs) * minuteMs - minuteMs;
    const known = await readMinuteCursor(tx, ctx.account);
    if (known.through !== null && known.through >= lastClosed) return [];
    const { through, seeingSince: since } = await lockMinuteCursor(tx, ctx.account);
    const oldest = Math.floor((now.getTime() - oldestMs) / minuteMs) * minuteMs;
    let next = through === null ? lastClosed : Math.max(through + minuteMs, oldest);
    if (next > lastClosed) return [];
    let seeingSince = since;
    const seen: Observation[] = [];
    const states = await openStates(
      tx,
      rules.map((rule) => rule.id),
    );
    const late = now.getTime() - (next + minuteMs) > closedAfterMs + lateAfterMs;
    if (late) seeingSince = lastClosed + minuteMs;
    for (; next <= lastClosed; next += minuteMs) {
      if (rules.length > 0) {
        const nothingSaysSomething = next - (noDataMinutes - 1) * minuteMs >= seeingSince;
        const ofMinute = await observeMinute(ctx, tx, rules, states, next, nothingSaysSomething);
        for (const observation of ofMinute) noteAsOpen(states, observation);
        seen.push(...ofMinute);
      }
    }
    await moveMinuteCursor(tx, ctx.account, { through: lastClosed, seeingSince });
    return seen;
  },
};

/** The next minute is read before this one is judged: whoever was told of in this one may be open by then. */
function noteAsOpen(states: States, { ruleId, subject }: Observation): void {
  const ofRule = states.get(ruleId) ?? new Map<string, OpenState>();
  const key = subjectKey(subject);
  ofRule.set(key, { ruleId, subjectKey: key, subject, state: "pending" });
  states.set(ruleId, ofRule);
}

/** One minute of all agents by all rules: what is bad, and everything about those who are not simply well. */
async function observeMinute(
  ctx: Ctx,
  tx: Tx,
  rules: MetricRule[],
  states: States,
  minute: number,
  nothingSaysSomething: boolean,
): Promise<Observation[]> {
  const metrics = rules.map((rule) => rule.condition.metric);
  const measured = await readMinute(tx, ctx.account, new Date(minute), metrics);
  const seen: Observation[] = [];
  const lacking: { rule: MetricRule; agent: MeasuredAgent }[] = [];
  const slices = new Slices();
  for (const rule of rules) {
    const open = states.get(rule.id);
    seen.push(...leftBehind(rule, open, measured, minute));
    const { op, value: limit, metric } = rule.condition;
    const read = measured.reader(metric);
    const asksForNothing = nothingSaysSomething && rule.draft.noData === "alert";
    for (const agent of measured.agents.values()) {
      const value = read(agent);
      const bad = value !== null && isBad(op, limit, value);
      const state = open?.get(subjectKey({ kind: "agent", id: agent.id }));
      // Nearly always there is nothing to say, so that is asked first.
      if (state === undefined && !bad && (value !== null || !asksForNothing)) continue;
      // More of what fires already changes nothing, be it 10,000 agents at once.
      if (state?.state === "firing" && (bad || (value === null && rule.draft.noData === "alert"))) continue;
      if (!watches(rule.draft, agent)) continue;
      if (value !== null) seen.push(judgeMinute(rule, judged(agent, minute, value)));
      else if (nothingSaysSomething) lacking.push({ rule, agent });
    }
    await slices.breathe();
  }
  seen.push(...(await withoutData(ctx, tx, lacking, minute)));
  return seen;
}

const judged = ({ task, ...rest }: MeasuredAgent, minute: number, value: number | null) => ({
  agent: {
    id: rest.id,
    name: rest.name,
    group: rest.group,
    host: rest.host,
    tags: rest.tags,
    status: rest.status,
  },
  minuteMs: minute,
  value,
  lastKnown: task,
});

/** Open states of agents that are gone or out of the scope by now. */
function leftBehind(
  rule: MetricRule,
  open: ReadonlyMap<string, OpenState> | undefined,
  { agents }: MeasuredMinute,
  minute: number,
): Observation[] {
  return [...(open?.values() ?? [])].flatMap(({ subject }) => {
    const agent = agents.get(subject.id);
    if (agent && watches(rule.draft, agent)) return [];
    return [leftScope(rule, subject, agent ? judged(agent, minute, null).agent : null, minute)];
  });
}

/** Those whose minutes before this one hold nothing either, and of whom something was expected by then. */
async function withoutData(
  ctx: Ctx,
  tx: Tx,
  lacking: { rule: MetricRule; agent: MeasuredAgent }[],
  minute: number,
): Promise<Observation[]> {
  const from = minute - (noDataMinutes - 1) * minuteMs;
  const expected = lacking.filter(({ agent }) => agent.createdAtMs <= from);
  const recent = await readRecent(tx, ctx.account, {
    agentIds: [...new Set(expected.map(({ agent }) => agent.id))],
    metrics: [...new Set(expected.map(({ rule }) => rule.condition.metric))],
    from: new Date(from),
    before: new Date(minute),
  });
  return expected
    .filter(({ rule, agent }) => !recent.has(`${agent.id} ${rule.condition.metric}`))
    .map(({ rule, agent }) => judgeMinute(rule, judged(agent, minute, null)));
}
