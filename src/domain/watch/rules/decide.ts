import { decideTime } from "./decide-time";
import { type Act, type Decision, decideBad, decideGood, decision, unchanged } from "./decide-truth";
import { countOf, dueOf, type Seen, type Standing, type Timing, withMarks } from "./standing";

export type { Act, Decision, Seen, Standing, Timing };

/**
 * What a rule makes of one observation, or (null) of the time alone. Pure, so that a rehearsal over stored history
 * answers the same as life. It is one step: where several moments lie between what is known and the observation,
 * `follow` takes all of them.
 */
export function decide(timing: Timing, state: Standing | null, seen: Seen | null, now: Date): Decision {
  if (!timing.enabled) return switchedOff(state, now);
  if (!seen) return state ? decideTime(timing, state, now) : unchanged(timing, null, now);
  if (state && seen.at < state.changedAt) return unchanged(timing, state, seen.at);
  const told = inPlainTruth(timing, state, seen);
  if (!told) return unchanged(timing, state, seen.at);
  const counted = countOf(timing.condition);
  if (told.truth === "good")
    return decideGood(timing, counted && state ? { ...state, marks: [] } : state, told);
  if (!counted) return decideBad(timing, state, told, []);
  const marks = withMarks(timing, state?.marks ?? [], told.at, told.count);
  if (marks.length >= counted.count) return decideBad(timing, state, { ...told, since: told.at }, marks);
  return noted(timing, state, told, marks);
}

/**
 * All that happens up to an observation and by it, or, without one, up to `now`, in order. What time moved on
 * happened at its own moment, however late it is asked for: looking more often changes nothing.
 */
export function follow(timing: Timing, state: Standing | null, seen: Seen | null, now: Date): Decision[] {
  const until = seen ? seen.at : now;
  const steps: Decision[] = [];
  let standing = state;
  while (standing?.dueAt && standing.dueAt <= until) {
    const step = decide(timing, standing, null, until);
    steps.push(step);
    standing = step.next;
  }
  if (seen) steps.push(decide(timing, standing, seen, now));
  return steps;
}

/**
 * After our own blindness: the time in which we saw nothing, and a grace time for everybody to be heard again, count
 * for nothing. What only observations move on is not known to have gone on.
 */
export function afterBlindness(
  state: Standing,
  blind: { from: Date; to: Date },
  graceMs: number,
): Standing | null {
  if (state.dueAt === null && state.state === "pending") return null;
  if (state.dueAt === null && state.state === "recovering") return { ...state, since: blind.to };
  if (state.dueAt === null || state.dueAt <= blind.from) return state;
  const lostMs = blind.to.getTime() - blind.from.getTime() + graceMs;
  return {
    ...state,
    dueAt: new Date(state.dueAt.getTime() + lostMs),
    marks: state.marks.map((mark) => mark + lostMs),
    flips: state.flips.map((flip) => flip + lostMs),
  };
}

/** No data and trouble while looking are what the rule makes of them: null when that is nothing. */
function inPlainTruth(timing: Timing, state: Standing | null, seen: Seen): Seen | null {
  if (seen.truth === "bad" || seen.truth === "good") return seen;
  const rule = seen.truth === "none" ? timing.noData : timing.onError;
  if (rule === "alert") return { ...seen, truth: "bad" };
  if (rule === "ok") return { ...seen, truth: "good" };
  if (!state) return null;
  const asBefore = state.state === "pending" || state.state === "firing" ? "bad" : "good";
  return { ...seen, truth: asBefore, value: state.value, summary: state.summary };
}

/** One more of what is counted, and still too few. */
function noted(timing: Timing, state: Standing | null, seen: Seen, marks: number[]): Decision {
  const base = state ?? {
    state: "ok" as const,
    since: seen.at,
    value: null,
    summary: seen.summary,
    flips: [],
  };
  const next = { ...base, marks, changedAt: seen.at };
  const dueAt = state?.state === "recovering" ? state.dueAt : dueOf(timing, next);
  return decision(timing, { ...next, dueAt }, "none", "Not yet as often as the rule asks for.", seen.at);
}

function switchedOff(state: Standing | null, now: Date): Decision {
  const fires = state?.state === "firing" || state?.state === "recovering";
  const reason = "The rule is switched off.";
  return { next: null, act: fires ? "resolve" : "none", reason, at: now, flapping: false };
}
