import { expect, it } from "vitest";
import { beatSchema } from "@/contracts/wire/agent";
import { judgeBeat } from "./judge-beat";
import { reportedMoment } from "./reported-moment";

const now = new Date("2026-01-01T12:00:00.000Z");
const judge = (fields: object) =>
  judgeBeat(beatSchema.parse({ state: "working", ...fields }), now.getTime(), 120_000);
const yearMs = 365 * 86_400_000;

it("judges progress on the agent's own clock, however far off it is", () => {
  for (const offMs of [0, yearMs, -yearMs, -80 * yearMs]) {
    const at = now.getTime() + offMs;
    expect(judge({ at, progressAt: at - 119_999 }).activity).toBe("working");
    const stuck = judge({ at, progressAt: at - 120_000 });
    expect(stuck.activity).toBe("stuck");
    expect(stuck.progressAtMs).toBe(now.getTime() - 120_000);
  }
});

it("calls only work without progress stuck", () => {
  const at = now.getTime();
  expect(judge({ at, progressAt: 0, state: "idle" }).activity).toBe("idle");
  expect(judge({ at, progressAt: 0, state: "waiting" }).activity).toBe("waiting");
  expect(judge({ at }).activity).toBe("working");
});

it("measures the way of a beat only when the agent knows its offset, and the measure is plausible", () => {
  const at = now.getTime() - 5_000;
  expect(judge({ at }).transitMs).toBeNull();
  expect(judge({ at, clockOffsetMs: 4_990 }).transitMs).toBe(10);
  expect(judge({ at, clockOffsetMs: 5_010 }).transitMs).toBe(0);
  expect(judge({ at, clockOffsetMs: -90_000_000 }).transitMs).toBeNull();
});

it("holds moments that no database could", () => {
  expect(reportedMoment(8.64e15, now)).toEqual(now);
  expect(reportedMoment(-8.64e15, now)).toEqual(now);
  expect(reportedMoment(Number.MAX_VALUE, now)).toEqual(now);
  expect(reportedMoment(1_000.7, now)).toEqual(new Date(1_001));
});
