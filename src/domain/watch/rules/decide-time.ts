import { type Decision, decision, fire, recover, resolve, unchanged, wellAgain } from "./decide-truth";
import { calmMs, countOf, dropMs, dueOf, isFlapping, type Standing, type Timing } from "./standing";

/** What time alone makes of a state: nothing before its `dueAt`, and then as of that moment, not of `now`. */
export function decideTime(timing: Timing, state: Standing, now: Date): Decision {
  const at = state.dueAt;
  if (!at || at > now) return unchanged(timing, state, now);
  switch (state.state) {
    case "ok":
      return decision(timing, null, "none", "It has been calm for long enough.", at);
    case "pending":
      return pendingDue(timing, state, at);
    case "firing":
      return firingDue(timing, state, at);
    case "recovering":
      return resolve(timing, state, at);
  }
}

function pendingDue(timing: Timing, state: Standing, at: Date): Decision {
  const drop = dropMs(timing, state.marks);
  if (drop === null || drop > at.getTime()) return fire(timing, state, at);
  // Fewer than it takes before it lasted long enough.
  const next = wellAgain(timing, { ...state, since: at, marks: leftAt(timing, state, at) });
  return decision(timing, next, "calm", fewer(timing), at);
}

function firingDue(timing: Timing, state: Standing, at: Date): Decision {
  const drop = dropMs(timing, state.marks);
  if (drop !== null && drop <= at.getTime()) {
    return recover(timing, { ...state, marks: leftAt(timing, state, at) }, at, fewer(timing));
  }
  const calm = isFlapping(timing, state.flips) ? calmMs(timing, state.flips) : null;
  const flips = calm !== null && calm <= at.getTime() ? [] : state.flips;
  const next = { ...state, flips };
  return decision(timing, { ...next, dueAt: dueOf(timing, next) }, "none", "It does not flap any more.", at);
}

function leftAt(timing: Timing, { marks }: Standing, at: Date): number[] {
  const windowMs = countOf(timing.condition)?.windowMs ?? 0;
  return marks.filter((mark) => mark > at.getTime() - windowMs);
}

const fewer = (timing: Timing) => `Fewer than ${countOf(timing.condition)?.count ?? 1} in the rule's time`;
