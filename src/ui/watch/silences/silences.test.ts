import { describe, expect, it } from "vitest";
import { sampleAlert } from "@/testing/board-samples";
import { sampleSilence } from "@/testing/watch-samples";
import { nextOccurrences, occurrenceWords } from "./occurrences";
import { quietedBy } from "./quieted-by";
import { isWhole, silenceFormSchema, silenceOf } from "./silence-form";
import { emptyMaintenance, emptySilence, silenceFromAlert, silenceToChange } from "./silence-start";
import { nextTurn, silenceTime } from "./silence-words";

const nowMs = Date.parse("2026-03-12T14:00:00.000Z");
const silence = sampleSilence("sil_1", { matching: 3 });

const faults = (typed: object) => {
  const judged = silenceFormSchema.safeParse({ ...emptySilence, reason: "known", ...typed });
  return judged.success
    ? []
    : judged.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

describe("a silence that is made", () => {
  it("from an alert fits its agent and its rule", () => {
    expect(silenceFromAlert(sampleAlert("a")).matchers).toEqual([
      { label: "agent", op: "=", value: "nightly-export" },
      { label: "rule", op: "=", value: "Any agent is offline" },
    ]);
    const host = { kind: "host", id: "kepler-04", name: "kepler-04" } as const;
    expect(silenceFromAlert(sampleAlert("a", { subject: host, agentId: null })).matchers[0]?.label).toBe(
      "subject",
    );
  });

  it("needs an end, a reason, patterns that are some, and must not fit everything", () => {
    const group = [{ label: "group", op: "=", value: "cron-workers" }];
    expect(faults({ matchers: group })).toEqual([]);
    expect(faults({ matchers: group, reason: " " })).toEqual([
      "reason: Say why: whoever wonders at night reads it.",
    ]);
    expect(faults({ matchers: group, length: "until" })).toEqual(["until: Say until when."]);
    expect(faults({ matchers: group, length: "open" })).toEqual(["until: A silence needs an end."]);
    expect(faults({ matchers: [] })).toEqual([
      "matchers: Say at least one thing that it fits.",
      "matchers: This fits every alert. Name a group, an agent or a rule.",
    ]);
    expect(faults({ matchers: [{ label: "agent", op: "=~", value: ".*" }] })).toEqual([
      "matchers: This fits every alert. Name a group, an agent or a rule.",
    ]);
    expect(faults({ matchers: [{ label: "agent", op: "=~", value: "(" }] })[0]).toMatch(
      /^matchers.0: This is no pattern/,
    );
  });

  it("says which of a label it means: nothing would fit outages, hosts and our own health", () => {
    const blank = (op: string) => ({ label: "agent", op, value: "" });
    const which =
      "Say which agent. To mean alerts without any, use the sign !~ (“fits not”) and the value .+";
    expect(faults({})).toEqual([`matchers.0: ${which}`]);
    expect(faults({ matchers: [{ label: "group", op: "=", value: "web" }, blank("!=")] })).toEqual([
      `matchers.1: ${which}`,
    ]);
    expect(faults({ matchers: [{ label: "agent", op: "!~", value: ".+" }] })).toEqual([]);
    expect(faults({ ...emptyMaintenance(nowMs), reason: "known" })[0]).toBe(`matchers.0: ${which}`);
  });

  it("lasts from now, or from when it begins", () => {
    expect(silenceOf({ ...emptySilence, length: "4h" }, nowMs)).toMatchObject({
      endsAt: "2026-03-12T18:00:00.000Z",
    });
    expect(silenceOf({ ...emptySilence, length: "4h" }, nowMs)).not.toHaveProperty("startsAt");
    const later = silenceOf({ ...emptySilence, length: "1h", from: "2026-03-13T10:00" }, nowMs);
    expect(Date.parse(later.endsAt ?? "") - Date.parse(later.startsAt ?? "")).toBe(3_600_000);
    expect(silenceOf({ ...emptySilence, length: "open" }, nowMs).endsAt).toBeNull();
  });

  it("comes back as it was to be changed", () => {
    const start = silenceToChange(silence);
    expect(silenceOf(start, nowMs)).toMatchObject({ endsAt: silence.endsAt, startsAt: silence.startsAt });
  });

  it("asks what it fits only when nothing is half written", () => {
    expect(isWhole([{ label: "agent", op: "=", value: "" }])).toBe(false);
    expect(isWhole([{ label: "host", op: "!=", value: "" }])).toBe(false);
    expect(isWhole([{ label: "agent", op: "=~", value: "(" }])).toBe(false);
    expect(isWhole([])).toBe(false);
  });
});

describe("a silence in words", () => {
  it("counts down, says when it comes and who ended it", () => {
    expect(silenceTime(silence, nowMs)).toMatch(/^until \d\d:52, 52 min left$/);
    expect(silenceTime({ ...silence, endsAt: null, activeUntil: null }, nowMs)).toBe(
      "until somebody ends it",
    );
    expect(
      silenceTime({ ...silence, startsAt: "2026-03-12T14:30:00.000Z", state: "upcoming" }, nowMs),
    ).toMatch(/^begins \d\d:30, in 30 min$/);
    const ended = {
      ...silence,
      state: "ended" as const,
      endedAt: "2026-03-12T13:59:00.000Z",
      endedBy: "Jonas",
    };
    expect(silenceTime(ended, nowMs)).toMatch(/^ended \d\d:59 by Jonas$/);
  });

  it("turns at its edges", () => {
    expect(nextTurn(silence, null)).toBe(Date.parse(silence.startsAt));
    expect(nextTurn({ ...silence, state: "ended" }, null)).toBeNull();
  });
});

describe("the next times of planned work", () => {
  const nights = { days: [6], from: "22:00", to: "04:00", zone: "Europe/Berlin" };

  it("are three, across the change of the clock, by the clock of the zone", () => {
    const at = Date.parse("2026-03-20T12:00:00.000Z");
    const next = nextOccurrences(nights, at, { startsAt: at, endsAt: null });
    expect(next.map((one) => occurrenceWords(one, nights.zone))).toEqual([
      "Sat 21 Mar, 22:00 to 04:00 (Berlin)",
      "Sat 28 Mar, 22:00 to 04:00 (Berlin)",
      "Sat 4 Apr, 22:00 to 04:00 (Berlin)",
    ]);
    // The night in which the clock goes forward has an hour less.
    expect(next.map(({ from, to }) => (to.getTime() - from.getTime()) / 3_600_000)).toEqual([6, 5, 6]);
  });

  it("begin with the one that runs, and end with the silence", () => {
    const at = Date.parse("2026-03-21T23:00:00.000Z");
    const next = nextOccurrences(nights, at, {
      startsAt: at,
      endsAt: Date.parse("2026-03-29T00:00:00.000Z"),
    });
    expect(next).toHaveLength(2);
    expect(next[0]?.from.getTime()).toBe(at);
    expect(next[1]?.to.toISOString()).toBe("2026-03-29T00:00:00.000Z");
  });
});

it("an alert is quiet by the silence that holds longest; upcoming and ended ones keep nothing quiet", () => {
  const longer = { ...silence, id: "sil_2", activeUntil: "2026-03-12T16:00:00.000Z" };
  const upcoming = { ...silence, id: "sil_3", state: "upcoming" as const, fits: ["alr_9"] };
  const quieted = quietedBy([silence, longer, { ...silence, id: "sil_4", fits: ["alr_2"] }, upcoming]);
  expect([...quieted].map(([id, by]) => [id, by.id])).toEqual([
    ["alr_1", "sil_2"],
    ["alr_2", "sil_4"],
  ]);
});
