import { watches } from "@/contracts/watch/scope";
import { durationText, utcText } from "../duration-text";
import { type Ending, readEndings } from "./endings";
import { mostSeen, type Observation, subjectKey, type Truth } from "./observation";
import { type OpenState, openStates } from "./open-states";
import { rulesOfKind, type WatchingRule } from "./rules-of-kind";
import type { Read, TickingReader } from "./ticking-reader";

/** Who has not renewed it by then does not need it: the alert ends by itself. */
export const longGoneMs = 7 * 86_400_000;

/** Certificates, keys and tokens that end within the rule's time. One query for each kind of them. */
const readAfter =
  (after: string): Read =>
  async (ctx, tx, rows, now) => {
    const rules = rulesOfKind(rows, "expiry");
    if (rules.length === 0) return { observations: [], next: null };
    const states = await openStates(
      tx,
      rules.map((rule) => rule.id),
    );
    const open = [...states.values()].flatMap((ofRule) => [...ofRule.values()]);
    const within = Math.max(...rules.map((rule) => rule.condition.withinMs));
    const endings = await readEndings(tx, {
      account: ctx.account,
      kinds: new Set(rules.flatMap((rule) => rule.condition.of)),
      after: new Date(now.getTime() - longGoneMs),
      before: new Date(now.getTime() + within),
      ids: open.map(({ subject }) => subject.id),
    });
    const seen = rules
      .flatMap((rule) => observeEndings(rule, endings, states.get(rule.id) ?? new Map(), now))
      .map((observation) => ({
        observation,
        place: `${observation.ruleId} ${subjectKey(observation.subject)}`,
      }))
      .filter(({ place }) => place > after)
      .sort((one, other) => (one.place < other.place ? -1 : 1));
    const some = seen.slice(0, mostSeen);
    const last = some.at(-1);
    const observations = some.map(({ observation }) => observation);
    return { observations, next: last && seen.length > some.length ? readAfter(last.place) : null };
  };

export const expiryReader: TickingReader = { name: "expiry", everyMs: 60_000, read: readAfter("") };

function observeEndings(
  rule: WatchingRule<"expiry">,
  endings: Ending[],
  open: ReadonlyMap<string, OpenState>,
  now: Date,
): Observation[] {
  const seen: Observation[] = [];
  const there = new Set<string>();
  for (const ending of endings) {
    const key = subjectKey(ending);
    there.add(key);
    const observation = judgeEnding(rule, ending, now);
    if (isNews(observation, open.get(key))) seen.push(observation);
  }
  for (const [key, { subject }] of open) {
    if (there.has(key)) continue;
    seen.push({
      ...nothingOf(rule.id, now),
      subject,
      agent: null,
      truth: "good",
      final: true,
      summary: `${subject.name} does not exist any more`,
    });
  }
  return seen;
}

/** Whether it changes anything: who is well stays well, and more of the same trouble is no news. */
function isNews({ truth, final }: Observation, open: OpenState | undefined): boolean {
  if (truth === "bad") return open?.state !== "pending" && open?.state !== "firing";
  return open !== undefined && (final === true || open.state !== "recovering");
}

/** What an expiry rule sees of one thing that ends: pure. */
export function judgeEnding(rule: WatchingRule<"expiry">, ending: Ending, now: Date): Observation {
  const { kind, id, name, agent, endsAt } = ending;
  const reason = whyWell(rule, ending, now);
  const leftMs = endsAt ? endsAt.getTime() - now.getTime() : null;
  const truth: Truth = reason === null ? "bad" : "good";
  const warnedAt = endsAt ? endsAt.getTime() - rule.condition.withinMs : now.getTime();
  return {
    ...nothingOf(rule.id, now),
    subject: { kind, id, name },
    agent,
    truth,
    since: truth === "bad" ? new Date(Math.max(warnedAt, ending.createdAt.getTime())) : now,
    value: leftMs === null ? null : Math.round(leftMs / 8_640_000) / 10,
    summary: reason ?? endText(name, endsAt ?? now, leftMs ?? 0),
  };
}

function whyWell(rule: WatchingRule<"expiry">, ending: Ending, now: Date): string | null {
  const { condition, draft } = rule;
  const { name, agent, endsAt, over } = ending;
  if (!condition.of.includes(ending.kind)) return `${name} is not watched any more`;
  if (agent && !watches(draft, agent)) return `${agent.name} is not in the rule's scope any more`;
  if (over) return over;
  if (!endsAt) return `${name} has no end`;
  const leftMs = endsAt.getTime() - now.getTime();
  if (leftMs <= -longGoneMs) return `${name} ended ${durationText(-leftMs)} ago and nobody renewed it`;
  return leftMs > condition.withinMs ? `${name} is good until ${utcText(endsAt)}` : null;
}

function endText(name: string, endsAt: Date, leftMs: number): string {
  if (leftMs <= 0) return `${name} ended ${durationText(-leftMs)} ago, ${utcText(endsAt)}`;
  return `${name} ends in ${durationText(leftMs)}, ${utcText(endsAt)}`;
}

function nothingOf(ruleId: string, now: Date) {
  return { ruleId, at: now, since: now, value: null, lastKnown: null, count: 1 };
}
