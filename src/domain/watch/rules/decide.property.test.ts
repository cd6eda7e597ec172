import fc from "fast-check";
import { expect, test } from "vitest";
import { type Act, type Decision, decide, follow, type Seen, type Standing, type Timing } from "./decide";

const start = Date.parse("2026-11-21T10:00:00Z");
const at = (seconds: number) => new Date(start + seconds * 1_000);

const condition = fc.constantFrom<Timing["condition"]>(
  { kind: "offline" },
  { kind: "no-heartbeat", afterMs: 20_000 },
  { kind: "metric", metric: "cpuPercent", op: "above", value: 90 },
  { kind: "restart-loop", count: 3, windowMs: 60_000 },
  { kind: "command-failed", kinds: [], count: 1, windowMs: 30_000 },
);
const ms = fc.integer({ min: 0, max: 90 }).map((seconds) => seconds * 1_000);
const missing = fc.constantFrom("alert", "ok", "keep");
const timing: fc.Arbitrary<Timing> = fc.record({
  condition,
  forMs: ms,
  recoverMs: ms,
  noData: missing,
  onError: missing,
  flap: fc.option(
    fc.record({ changes: fc.integer({ min: 2, max: 5 }), windowMs: fc.constantFrom(60_000, 120_000) }),
  ),
  enabled: fc.constant(true),
});

/** Moments strictly after one another. */
const seens: fc.Arbitrary<Seen[]> = fc
  .array(
    fc.record({
      waits: fc.integer({ min: 1, max: 60 }),
      truth: fc.constantFrom("bad", "bad", "good", "good", "none", "error"),
      before: fc.integer({ min: 0, max: 30 }),
      count: fc.integer({ min: 1, max: 2 }),
      final: fc.constantFrom(false, false, false, false, true),
    }),
    { maxLength: 40 },
  )
  .map((rows) => {
    let seconds = 0;
    return rows.map(({ waits, truth, before, count, final }) => {
      seconds += waits;
      const since = at(seconds - before);
      return { at: at(seconds), truth, since, value: null, summary: truth, count, final } as Seen;
    });
  });

function run(rule: Timing, list: readonly Seen[], from: Standing | null = null) {
  let state = from;
  const steps: Decision[] = [];
  for (const seen of list) {
    for (const step of follow(rule, state, seen, seen.at)) {
      steps.push(step);
      state = step.next;
    }
  }
  return { state, steps };
}

const fires = (state: Standing | null) => state?.state === "firing" || state?.state === "recovering";

test("an episode fires once and resolves once, in this order", () => {
  fc.assert(
    fc.property(timing, seens, (rule, list) => {
      let open = false;
      for (const { act, next } of run(rule, list).steps) {
        const needsOpen: readonly Act[] = ["resolve", "recover", "relapse", "flapping"];
        if (needsOpen.includes(act)) expect(open).toBe(true);
        if (act === "fire" || act === "pend" || act === "calm") expect(open).toBe(false);
        if (act === "fire") open = true;
        if (act === "resolve") open = false;
        expect(fires(next)).toBe(open);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("what is known already changes nothing when it is told again", () => {
  fc.assert(
    fc.property(timing, seens, (rule, list) => {
      const { state } = run(rule, list);
      if (!state) return;
      const known = list.filter((seen) => seen.at < state.changedAt);
      const again = known.map((seen) => decide(rule, state, seen, seen.at));
      for (const { next, act } of again) {
        expect(next).toBe(state);
        expect(act).toBe("none");
      }
    }),
    { numRuns: 1_000 },
  );
});

test("time alone comes to the same however often it is asked for", () => {
  fc.assert(
    fc.property(timing, seens, fc.array(fc.integer({ min: 1, max: 40 })), (rule, list, pauses) => {
      const { state } = run(rule, list);
      const began = list.at(-1)?.at.getTime() ?? start;
      let finer = state;
      let nowMs = began;
      const told: Decision[] = [];
      for (const pause of [...pauses, 10_000]) {
        nowMs += pause * 1_000;
        for (const step of follow(rule, finer, null, new Date(nowMs))) {
          told.push(step);
          finer = step.next;
        }
      }
      const atOnce = follow(rule, state, null, new Date(nowMs));
      expect(told).toEqual(atOnce);
      expect(finer).toEqual(atOnce.length > 0 ? atOnce.at(-1)?.next : state);
    }),
    { numRuns: 1_000 },
  );
});

test("looking between observations changes nothing", () => {
  fc.assert(
    fc.property(timing, seens, fc.integer({ min: 1, max: 9 }), (rule, list, parts) => {
      let state: Standing | null = null;
      const acts: [Act, number][] = [];
      let lastMs = start;
      for (const seen of list) {
        for (let part = 1; part <= parts; part++) {
          const now = new Date(lastMs + ((seen.at.getTime() - lastMs) * part) / (parts + 1));
          for (const step of follow(rule, state, null, now)) {
            state = step.next;
            if (step.act !== "none") acts.push([step.act, step.at.getTime()]);
          }
        }
        for (const step of follow(rule, state, seen, seen.at)) {
          state = step.next;
          if (step.act !== "none") acts.push([step.act, step.at.getTime()]);
        }
        lastMs = seen.at.getTime();
      }
      const whole = run(rule, list);
      const told = whole.steps
        .filter(({ act }) => act !== "none")
        .map((step) => [step.act, step.at.getTime()]);
      expect(acts).toEqual(told);
      expect(state).toEqual(whole.state);
    }),
    { numRuns: 500 },
  );
});

test("memory is bounded, and nothing waits for a moment that is over", () => {
  fc.assert(
    fc.property(timing, seens, (rule, list) => {
      for (const { next, at } of run(rule, list).steps) {
        expect(next?.marks.length ?? 0).toBeLessThanOrEqual(3);
        expect(next?.flips.length ?? 0).toBeLessThanOrEqual(rule.flap?.changes ?? 0);
        if (next?.state === "firing" && next.dueAt)
          expect(next.dueAt.getTime()).toBeGreaterThan(at.getTime());
      }
    }),
    { numRuns: 500 },
  );
});
