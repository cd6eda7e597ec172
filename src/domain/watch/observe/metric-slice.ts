import { watches } from "@/contracts/watch/scope";
import { rawIn, type Tx } from "@/db/client";
import type { Ctx } from "@/domain/kernel";
import { judgeMinute, leftScope, type MetricRule, minuteMs, noDataMinutes } from "./judge-minute";
import { type MeasuredAgent, type MeasuredPage, readPage, readRecent } from "./measured-minute";
import { isBad } from "./metric-words";
import { mostSeen, type Observation, subjectKey } from "./observation";
import { type OpenState, openStates } from "./open-states";
import { Slices } from "./slices";

/** `after`: the agent after which to begin. `nothingSaysSomething`: we have watched for so long that a hole is one. */
type Asked = { minute: number; after: string; nothingSaysSomething: boolean };
/** `after`: the last agent of the slice; null: it was the end of the minute. */
type Slice = { observations: Observation[]; after: string | null };
type Lacking = { rule: MetricRule; agent: MeasuredAgent }[];

/**
 * As many agents of a minute by all rules as one transaction judges: what is bad, and everything about those who are
 * not simply well.
 */
export async function observeSlice(ctx: Ctx, tx: Tx, rules: MetricRule[], asked: Asked): Promise<Slice> {
  const { minute } = asked;
  const metrics = rules.map((rule) => rule.condition.metric);
  const ruleIds = rules.map((rule) => rule.id);
  const seen: Observation[] = [];
  const lacking: Lacking = [];
  const breath = new Slices();
  const whole = async () => [...seen, ...(await withoutData(tx, lacking, minute))];
  for (let after = asked.after; ; ) {
    const page = await readPage(tx, ctx.account, { minute: new Date(minute), metrics, after });
    const states = await openStates(
      tx,
      ruleIds,
      page.agents.map(({ id }) => id),
    );
    const looks = rules.map((rule) => lookOf(rule, page, states.get(rule.id), asked));
    for (const agent of page.agents) {
      after = agent.id;
      const key = subjectKey({ kind: "agent", id: agent.id });
      for (const look of looks) look(agent, key, seen, lacking);
      if (seen.length + lacking.length >= mostSeen) return { observations: await whole(), after };
    }
    await breath.breathe();
    if (!page.last) continue;
    const gone = await leftBehind(tx, rules, minute);
    seen.push(...gone);
    return { observations: await whole(), after: gone.length < mostSeen ? null : after };
  }
}

type LookAt = (agent: MeasuredAgent, key: string, seen: Observation[], lacking: Lacking) => void;

/** How one rule looks at the agents of a page: what is the same for all is found once. */
function lookOf(
  rule: MetricRule,
  page: MeasuredPage,
  open: ReadonlyMap<string, OpenState> | undefined,
  { minute, nothingSaysSomething }: Asked,
): LookAt {
  const { op, value: limit, metric } = rule.condition;
  const read = page.reader(metric);
  const alertsForNothing = rule.draft.noData === "alert";
  const asksForNothing = nothingSaysSomething && alertsForNothing;
  return (agent, key, seen, lacking) => {
    const value = read(agent);
    const bad = value !== null && isBad(op, limit, value);
    const state = open?.get(key);
    // Nearly always there is nothing to say, so that is asked first.
    if (state === undefined && !bad && (value !== null || !asksForNothing)) return;
    if (!watches(rule.draft, agent)) {
      if (state) seen.push(leftScope(rule, state.subject, judged(agent, minute, null).agent, minute));
      return;
    }
    // More of what fires already changes nothing, be it 10,000 agents at once.
    if (state?.state === "firing" && (bad || (value === null && alertsForNothing))) return;
    if (value !== null) seen.push(judgeMinute(rule, judged(agent, minute, value)));
    else if (nothingSaysSomething) lacking.push({ rule, agent });
  };
}

const judged = (
  { id, name, group, host, tags, status, task }: MeasuredAgent,
  minute: number,
  value: number | null,
) => ({
  agent: { id, name, group, host, tags, status },
  minuteMs: minute,
  value,
  lastKnown: task,
});

/** What is open about agents that are gone by now. Their removal has ended it already, unless that is read later. */
async function leftBehind(tx: Tx, rules: MetricRule[], minute: number): Promise<Observation[]> {
  const ruleIds = rules.map(({ id }) => id);
  const rows = await rawIn(tx)<Pick<OpenState, "ruleId" | "subject">[]>`
    select s.rule_id as "ruleId", s.subject from alert_states s
    where s.rule_id = any(${ruleIds}::text[]) and s.state <> 'ok'
      and not exists (select from agents a where a.id = s.agent_id and a.removed_at is null)
    order by s.rule_id, s.subject_key limit ${mostSeen}`;
  return rows.flatMap(({ ruleId, subject }) => {
    const rule = rules.find(({ id }) => id === ruleId);
    return rule ? [leftScope(rule, subject, null, minute)] : [];
  });
}

/** Those whose minutes before this one hold nothing either, and of whom something was expected by then. */
async function withoutData(tx: Tx, lacking: Lacking, minute: number): Promise<Observation[]> {
  const from = minute - (noDataMinutes - 1) * minuteMs;
  const expected = lacking.filter(({ agent }) => agent.createdAtMs <= from);
  const recent = await readRecent(tx, {
    agentIds: [...new Set(expected.map(({ agent }) => agent.id))],
    metrics: [...new Set(expected.map(({ rule }) => rule.condition.metric))],
    from: new Date(from),
    before: new Date(minute),
  });
  return expected
    .filter(({ rule, agent }) => !recent.has(`${agent.id} ${rule.condition.metric}`))
    .map(({ rule, agent }) => judgeMinute(rule, judged(agent, minute, null)));
}
