import { describe, expect, it } from "vitest";
import type { Rehearsal } from "@/contracts/watch/rehearsal";
import { gapWords, rehearsalWords, savedWords } from "./rehearsal-words";

const episode = (id: string, kind: "agent" | "host" | "self" = "agent"): Rehearsal["episodes"][number] => ({
  subject: { kind, id, name: id },
  since: "2026-11-20T10:00:00Z",
  firedAt: "2026-11-20T10:05:00Z",
  resolvedAt: null,
  value: null,
  summary: "Silent",
  resolution: null,
});
const rehearsal: Rehearsal = {
  from: "2026-11-14T12:00:00Z",
  to: "2026-11-21T12:00:00Z",
  dataFrom: "2026-11-14T12:00:00Z",
  blind: [],
  firings: 12,
  subjects: 3,
  firingMs: 2_460_000,
  messages: 9,
  worstHour: { at: "2026-11-20T10:00:00Z", messages: 4 },
  episodes: [episode("a"), episode("b"), episode("c")],
  notes: [],
  looked: { observations: 812, tookMs: 14 },
};
const said = (one: Rehearsal) =>
  rehearsalWords(one)
    .map(({ text }) => text)
    .join("");
const day = (at: string) => at.slice(0, 10);

describe("a rehearsal is told in a sentence", () => {
  it("with how often, for whom, how long and how many messages", () => {
    expect(said(rehearsal)).toBe(
      "It would have fired 12 times for 3 agents, 41 min in all, and sent 9 messages, 4 in the worst hour.",
    );
    expect(savedWords(rehearsal)).toBe("the saved rule: 12 times, 9 messages");
  });

  it("of once, of nothing, of Mission Control itself", () => {
    const once = {
      ...rehearsal,
      firings: 1,
      subjects: 1,
      messages: 1,
      episodes: [episode("a")],
      worstHour: { at: "", messages: 1 },
    };
    expect(said(once)).toBe("It would have fired once for 1 agent, 41 min in all, and sent 1 message.");
    expect(said({ ...once, episodes: [episode("disk", "self")] })).toBe(
      "It would have fired once, 41 min in all, and sent 1 message.",
    );
    const never = { ...rehearsal, firings: 0, messages: 0, episodes: [] };
    expect(said(never)).toBe("It would not have fired.");
    expect(savedWords(never)).toBe("the saved rule: never");
  });
});

it("what is not known is said", () => {
  expect(gapWords({ ...rehearsal, dataFrom: null }, day)).toEqual([]);
  expect(gapWords({ ...rehearsal, dataFrom: rehearsal.to }, day)[0]).toContain("no data of this kind yet");
  expect(
    gapWords(
      {
        ...rehearsal,
        dataFrom: "2026-11-19T00:00:00Z",
        blind: [{ from: "2026-11-20T00:00:00Z", to: "2026-11-20T00:12:00Z" }],
      },
      day,
    ),
  ).toEqual([
    "Data of this kind only reaches back to 2026-11-19; what was before is not known.",
    "Monitoring was blind once, 12 min in all; nothing is said about then.",
  ]);
});
