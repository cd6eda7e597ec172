import { durationText } from "../duration-text";
import {
  delayMs,
  dueOf,
  isFlapping,
  movesByObservation,
  type Seen,
  type Standing,
  type Timing,
  withFlip,
} from "./standing";

/**
 * `pend` and `calm`: trouble began and ended before it became an alert. `fire`, `resolve`: the alert's beginning and
 * end. `recover`: the trouble is over, the alert waits. `relapse`: it is back meanwhile. `flapping`: it changes so
 * often that it is kept firing.
 */
export type Act = "none" | "pend" | "calm" | "fire" | "relapse" | "recover" | "resolve" | "flapping";

/** `next` null: nothing has to be remembered. `at`: when it happened. `flapping`: what is to be said of the alert. */
export type Decision = { next: Standing | null; act: Act; reason: string; at: Date; flapping: boolean };

export function decision(
  timing: Timing,
  next: Standing | null,
  act: Act,
  reason: string,
  at: Date,
): Decision {
  return { next, act, reason, at, flapping: next !== null && flaps(timing, next) };
}

/** Whether the alert that fires is to be called flapping. */
export const flaps = (timing: Timing, { state, flips }: Standing): boolean =>
  (state === "firing" || state === "recovering") && isFlapping(timing, flips);

export function unchanged(timing: Timing, state: Standing | null, at: Date): Decision {
  return decision(timing, state, "none", "Nothing new.", at);
}

/** The trouble is there: `marks` are those of what is counted, else none. */
export function decideBad(timing: Timing, state: Standing | null, seen: Seen, marks: number[]): Decision {
  const { at, value, summary } = seen;
  if (state?.state === "firing") return stillFiring(timing, state, seen, marks);
  if (state?.state === "recovering") {
    const flips = withFlip(timing, state.flips, at);
    const next = due(timing, {
      ...state,
      state: "firing",
      since: seen.since,
      changedAt: at,
      value,
      summary,
      marks,
      flips,
    });
    const newly = isFlapping(timing, flips) && !isFlapping(timing, state.flips);
    return decision(timing, next, newly ? "flapping" : "relapse", summary, at);
  }
  const began = state?.state === "pending" ? state.since : earlier(seen.since, at);
  const waits = { since: began, value, summary, marks, flips: state?.flips ?? [] };
  const dueAt =
    state?.state === "pending" && state.dueAt && marks.length === 0
      ? state.dueAt
      : new Date(began.getTime() + delayMs(timing));
  if (dueAt <= at) return fire(timing, { ...waits, changedAt: at }, at);
  if (state?.state === "pending") {
    if (marks.length === 0) return unchanged(timing, state, at);
    return decision(timing, due(timing, { ...state, marks, changedAt: at }), "none", summary, at);
  }
  const next = due(timing, { ...waits, state: "pending", changedAt: at });
  return decision(timing, next, "pend", summary, at);
}

/** The alert begins. */
export function fire(timing: Timing, waits: Omit<Standing, "state" | "dueAt">, at: Date): Decision {
  const flips = withFlip(timing, waits.flips, at);
  const next = due(timing, { ...waits, state: "firing", flips });
  return decision(timing, next, "fire", waits.summary, at);
}

function stillFiring(timing: Timing, state: Standing, seen: Seen, marks: number[]): Decision {
  if (marks.length === 0) return unchanged(timing, state, seen.at);
  const next = due(timing, { ...state, marks, changedAt: seen.at });
  return decision(timing, next, "none", seen.summary, seen.at);
}

/** The trouble is over. */
export function decideGood(timing: Timing, state: Standing | null, seen: Seen): Decision {
  const { at } = seen;
  if (state === null) return unchanged(timing, null, at);
  if (state.state === "ok")
    return decision(timing, wellAgain(timing, { ...state, changedAt: at }), "none", seen.summary, at);
  if (state.state === "pending") {
    const next = seen.final ? null : wellAgain(timing, { ...state, since: at, changedAt: at });
    return decision(timing, next, "calm", seen.summary, at);
  }
  if (seen.final) return decision(timing, null, "resolve", seen.summary, at);
  if (state.state === "recovering") return stillRecovering(timing, state, at);
  return recover(
    timing,
    { ...state, changedAt: at },
    at,
    `${endless(seen.summary)} after ${lasted(state, at)}`,
  );
}

/** The trouble of a firing alert ended at `at`: it resolves, at once where nothing asks to wait. */
export function recover(timing: Timing, state: Standing, at: Date, why: string): Decision {
  const flips = withFlip(timing, state.flips, at);
  const over: Standing = {
    ...state,
    state: "recovering",
    since: at,
    value: null,
    summary: why,
    flips,
    dueAt: null,
  };
  const newly = isFlapping(timing, flips) && !isFlapping(timing, state.flips);
  if (waitUntil(timing, over) <= at) return decision(timing, wellAgain(timing, over), "resolve", why, at);
  return decision(timing, due(timing, over), newly ? "flapping" : "recover", why, at);
}

function stillRecovering(timing: Timing, state: Standing, at: Date): Decision {
  if (movesByObservation(timing) && waitUntil(timing, state) <= at)
    return resolve(timing, { ...state, changedAt: at }, at);
  return decision(timing, state, "none", state.summary, at);
}

/** The alert ends; `state` is recovering and holds why. */
export function resolve(timing: Timing, state: Standing, at: Date): Decision {
  return decision(timing, wellAgain(timing, state), "resolve", state.summary, at);
}

/** What has to be remembered of a subject that is well: what was counted, and how often it changed of late. */
export function wellAgain(timing: Timing, state: Standing): Standing | null {
  if (state.marks.length === 0 && state.flips.length === 0) return null;
  return due(timing, { ...state, state: "ok", value: null });
}

function due(timing: Timing, standing: Omit<Standing, "dueAt">): Standing {
  return { ...standing, dueAt: dueOf(timing, standing) };
}

function waitUntil(timing: Timing, over: Standing): Date {
  const calm = isFlapping(timing, over.flips) ? (over.flips.at(-1) ?? 0) + (timing.flap?.windowMs ?? 0) : 0;
  return new Date(Math.max(over.since.getTime() + timing.recoverMs, calm));
}

const earlier = (one: Date, other: Date) => (one < other ? one : other);
const endless = (summary: string) => summary.replace(/\.$/, "");
const lasted = ({ since }: Standing, at: Date) => durationText(at.getTime() - since.getTime());
