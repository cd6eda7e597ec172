import type { Condition } from "@/contracts/watch/condition";
import type { RuleDraft, SavedRule } from "@/contracts/watch/rule";
import { changeStatuses } from "@/domain/fleet/agents/change-status";
import type { SessionInfo, StatusEvent } from "@/domain/fleet/agents/status-event";
import { systemCtx } from "@/domain/kernel";
import { createRule } from "@/domain/watch/rules";
import { type FakeClock, fakeClock } from "./clock";
import { personCtx, type TestGround, testGround } from "./ground";
import { alertRows, evaluateAll, ruleAbout } from "./watch";

const minuteMs = 60_000;

/** A fleet with rules and an evaluator that takes its turn after everything that happens, on a clock of its own. */
export type WatchStage = {
  ground: TestGround;
  clock: FakeClock;
  /** Makes a rule, without flap control unless said otherwise. */
  watch(condition: Condition, more?: Partial<RuleDraft>): Promise<SavedRule>;
  happens(agentId: string, event: StatusEvent): Promise<void>;
  beats(activity?: "idle" | "stuck"): StatusEvent;
  /** The evaluator takes a turn each minute, as it does each second in life. */
  pass(ms: number): Promise<void>;
  /** Kind, minutes from the trouble's beginning to the alert's beginning and end, and the resolution. */
  story(): Promise<[string, number | null, number | null, string | null][]>;
  /** How often facts told of a beginning and of an end. */
  told(): Promise<Record<string, number>>;
};

export async function watchStage(start = "2026-11-21T00:00:00Z"): Promise<WatchStage> {
  const clock = fakeClock(start);
  const ground = await testGround({ clock });
  return {
    ground,
    clock,
    watch: (condition, more = {}) =>
      createRule(personCtx(ground), ruleAbout(condition, { flap: null, ...more })),
    async happens(agentId, event) {
      const now = clock.now().toISOString();
      // What the presence flush writes: with its beats, of which one that falls silent made the last just now.
      if (event.kind === "silent" || (event.kind === "beat" && event.activity !== "stuck"))
        await ground.db.sql`
          update agent_presence set last_beat_at = ${now}, progress_at = ${now} where agent_id = ${agentId}`;
      await changeStatuses(systemCtx(ground), [{ agentId, event }]);
      await evaluateAll(ground);
    },
    beats: (activity = "idle") => ({ kind: "beat", activity, receivedAt: clock.now() }),
    async pass(ms) {
      for (let gone = 0; gone < ms; gone += minuteMs) {
        await clock.advance(Math.min(minuteMs, ms - gone));
        await evaluateAll(ground);
      }
    },
    async story() {
      const minutes = (from: Date, to: Date | null) => to && (to.getTime() - from.getTime()) / minuteMs;
      return (await alertRows(ground)).map((row) => [
        row.kind,
        minutes(row.since, row.firedAt),
        minutes(row.since, row.resolvedAt),
        row.resolution,
      ]);
    },
    async told() {
      const rows = await ground.db.sql<{ kind: string; count: number }[]>`
        select kind, count(*)::int as count from facts where kind in ('alert.fired', 'alert.resolved') group by 1`;
      return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
    },
  };
}

/** Who an agent says it is, with this session. */
export const sessionOf = (sessionId: string): SessionInfo => ({
  sessionId,
  host: "web-1",
  pid: 1,
  version: "1",
  commandLine: "run",
  keyPrefix: null,
});
