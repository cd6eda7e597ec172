import type { WatchHealth } from "@/contracts/watch/dead-man";
import type { Silence } from "@/contracts/watch/silence";

/** Watching and telling in time, nothing broken, no dead-man ping: for tests. */
export const sampleHealth: WatchHealth = {
  asOf: "2026-03-12T14:06:31.400Z",
  evaluation: { lagMs: 200, at: null, late: false },
  delivery: { lagMs: 200, at: null, late: false, backlog: 0, oldestMs: null },
  deadMan: { enabled: false, last: null, held: null },
  broken: [],
  undelivered: { waiting: 0, givenUp: 0 },
  faults: [],
};

/** A silence of Mira's for tests: active for 52 minutes more from 14:00, over one alert, unless said otherwise. */
export function sampleSilence(id: string, fields: Partial<Silence> = {}): Silence {
  return {
    id,
    kind: "silence",
    matchers: [{ label: "group", op: "=", value: "cron-workers" }],
    reason: "moving",
    createdBy: { kind: "user", id: "usr_1", name: "Mira" },
    createdAt: "2026-03-12T13:00:00.000Z",
    startsAt: "2026-03-12T13:00:00.000Z",
    endsAt: "2026-03-12T14:52:00.000Z",
    schedule: null,
    endedAt: null,
    endedBy: null,
    state: "active",
    activeUntil: "2026-03-12T14:52:00.000Z",
    nextAt: null,
    matching: 1,
    fits: ["alr_1"],
    ...fields,
  };
}
