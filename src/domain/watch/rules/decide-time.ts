import { durationText } from "../duration-text";
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

/** What is counted, by the kind of the condition: one, and several. */
const counted: Partial<Record<Timing["condition"]["kind"], [string, string]>> = {
  log: ["such line", "such lines"],
  "restart-loop": ["restart", "restarts"],
  "command-failed": ["failed command", "failed commands"],
};

/** Why what is counted is over: `No such line for 5 min`, `Fewer than 3 restarts in 10 min`. */
function fewer(timing: Timing): string {
  const { count, windowMs } = countOf(timing.condition) ?? { count: 1, windowMs: 0 };
  const [one, many] = counted[timing.condition.kind] ?? ["more", "more"];
  return count === 1
    ? `No ${one} for ${durationText(windowMs)}`
    : `Fewer than ${count} ${many} in ${durationText(windowMs)}`;
}
