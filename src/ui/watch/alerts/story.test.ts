import { describe, expect, it } from "vitest";
import type { StoryEntry, StoryMessage, StoryNext } from "@/contracts/watch/story";
import { sampleAlert } from "@/testing/board-samples";
import { storyLines } from "./story";
import { nextStoryLookMs } from "./story-look";
import { nextLines } from "./story-next";

const alert = sampleAlert("alr_1");
const mira = { kind: "user", id: "usr_1", name: "Mira" } as const;
const fired: StoryEntry = { kind: "fired", id: "f", at: alert.firedAt };

const message = (parts: Partial<StoryMessage> = {}): StoryMessage => ({
  id: "ntf_1",
  title: "nightly-export",
  channelId: "chn_1",
  channelName: "Ops Teams",
  event: "firing",
  as: "firing",
  alertCount: 1,
  state: "delivered",
  attempts: 2,
  nextAttemptAt: null,
  deliveredAt: "2026-03-12T14:01:51.000Z",
  tries: [],
  ...parts,
});
const told = (parts: Partial<StoryMessage> = {}): StoryEntry => ({
  kind: "message",
  id: `m-${parts.id ?? 1}`,
  at: "2026-03-12T14:01:45.010Z",
  message: message(parts),
});
const nowMs = Date.parse("2026-03-12T14:05:00.000Z");
const linesOf = (entries: StoryEntry[], next: StoryNext[] = [], of = alert) => [
  ...storyLines(of, entries),
  ...nextLines(of, entries, next, nowMs),
];
const said = (entries: StoryEntry[], of = alert) =>
  linesOf(entries, [], of).map(({ kind, title, words }) => `${kind}: ${title} ${words}`.trim());

describe("the story of an alert", () => {
  it("tells how it began, fired, who was told, who has it and what is next, in order", () => {
    const acknowledged: StoryEntry = {
      kind: "act",
      id: "a",
      at: "2026-03-12T14:03:00.000Z",
      act: "acknowledged",
      by: mira,
      text: "the disk, again",
      until: null,
    };
    expect(said([acknowledged, told(), fired])).toEqual([
      "began: It began part 7 of 12",
      "fired: Firing after 7.0 s, by the rule “Any agent is offline”",
      "told: Ops Teams told on try 2",
      "act: Mira acknowledged and has it",
      "next: Resolved when it beats again; Ops Teams is told once",
    ]);
    expect(linesOf([acknowledged])[0]?.quote).toBe("the disk, again");
  });

  it("says why nobody was told, and until when, but not which stages only passed it on", () => {
    const step = (
      stage: "group" | "silence" | "route",
      outcome: "passed" | "held" | "dropped",
    ): StoryEntry => ({
      kind: "step",
      id: `${stage}-${outcome}`,
      at: "2026-03-12T14:01:46.000Z",
      step: {
        at: "2026-03-12T14:01:46.000Z",
        stage,
        outcome,
        reason: "planned work",
        until: outcome === "held" ? "2026-03-12T16:00:00.000Z" : null,
      },
    });
    const lines = linesOf([
      fired,
      step("group", "passed"),
      step("silence", "held"),
      step("route", "dropped"),
    ]);
    expect(lines.map(({ title }) => title)).toEqual([
      "It began",
      "Firing",
      "Silenced",
      "Route: not told",
      "Resolved",
    ]);
    expect(lines[2]).toMatchObject({
      kind: "held",
      words: "planned work",
      until: "2026-03-12T16:00:00.000Z",
    });
    expect(lines[3]?.until).toBeUndefined();
  });

  it("says nothing twice in a line, and calls planned work by its name", () => {
    const reasons = [
      ["silence", "held", "Silenced by Mira: moving"],
      ["silence", "held", "Maintenance by Mira: moving"],
      ["route", "passed", "By the route Critical"],
      ["group", "held", "Waits for others of the same rule"],
    ] as const;
    const at = "2026-03-12T14:01:46.000Z";
    const steps = reasons.map(([stage, outcome, reason], index): StoryEntry => {
      return { kind: "step", id: `${index}`, at, step: { at, stage, outcome, reason, until: null } };
    });
    expect(linesOf(steps).map(({ title, words }) => `${title} ${words}`)).toEqual(
      expect.arrayContaining([
        "Silenced by Mira: moving",
        "Maintenance by Mira: moving",
        "Route Critical",
        "Gathering Waits for others of the same rule",
      ]),
    );
  });

  it("ends with the resolution and says nothing of a next step", () => {
    const over = {
      ...alert,
      state: "resolved" as const,
      resolvedAt: "2026-03-12T14:09:00.000Z",
      resolution: "Back",
    };
    const ended: StoryEntry = { kind: "resolved", id: "r", at: "2026-03-12T14:09:00.000Z" };
    const allClear = told({
      id: "2",
      as: "resolved",
      event: "resolved",
      attempts: 1,
      deliveredAt: "2026-03-12T14:09:31.000Z",
    });
    expect(said([ended, allClear, told({ attempts: 1 }), fired], over)).toEqual([
      "began: It began part 7 of 12",
      "fired: Firing after 7.0 s, by the rule “Any agent is offline”",
      "told: Ops Teams told",
      "resolved: Resolved Back",
      "told: Ops Teams told that it is over",
    ]);
  });

  it("says what stands in the way of a message, and promises nothing to a channel that was given up", () => {
    const tries = [{ at: "2026-03-12T14:01:46.000Z", tookMs: 88, status: 429, answer: "" }];
    expect(said([fired, told({ state: "pending", deliveredAt: null, attempts: 1, tries })])[2]).toBe(
      "waiting: Telling Ops Teams not yet: 429 Too many requests",
    );
    const lines = said([
      fired,
      told({ state: "dead", deliveredAt: null, attempts: 8, tries, alertCount: 4 }),
    ]);
    expect(lines[2]).toBe("given-up: Ops Teams not told with 3 others, given up after 8 tries");
    expect(lines.at(-1)).toBe("next: Resolved when it beats again");
  });

  it("says what comes next: who is told when, what holds it, and at last how it ends", () => {
    const words = (next: StoryNext[]) =>
      linesOf([told({ attempts: 1 })], next)
        .filter(({ kind }) => kind === "next")
        .map((line) => `${line.title} ${line.words}`);
    const telling = (event: "firing" | "repeat" | "escalation", at: string, ...channels: string[]) =>
      ({ kind: "telling", event, at, channels }) as const;
    const end = "Resolved when it beats again; Ops Teams is told once";
    expect(
      words([
        telling("repeat", "2026-03-12T14:40:00.000Z", "Ops Teams", "Inbox"),
        telling("escalation", "2026-03-12T14:10:15.000Z", "S ok"),
      ]),
    ).toEqual([
      expect.stringMatching(/^S ok is told at \d\d:10:15 unless somebody takes it$/),
      expect.stringMatching(/^Ops Teams and Inbox are told again at \d\d:40:00 unless somebody takes it$/),
      end,
    ]);
    const held = { kind: "held" as const, channels: ["Ops Teams"] };
    const muted = "Muted by “An outage speaks” while Outage fires";
    expect(
      words([
        { ...held, stage: "silence", reason: "Silenced by Mira: moving", until: "2026-03-12T14:52:00.000Z" },
        { ...held, stage: "inhibit", reason: muted, until: null },
        {
          ...held,
          stage: "snooze",
          reason: "Snoozed by Mira",
          until: "2026-03-12T15:30:00.000Z",
          channels: [],
        },
        { ...held, stage: "recovery", reason: "Seems to be over: told if it comes back", until: null },
      ]),
    ).toEqual([
      expect.stringMatching(
        /^Silenced by Mira: moving, until \d\d:52:00; then Ops Teams is told, if it still fires$/,
      ),
      `${muted}; then Ops Teams is told, if it still fires`,
      expect.stringMatching(/^Snoozed by Mira, until \d\d:30; nobody is told again before$/),
      "Seems to be over told if it comes back",
      end,
    ]);
  });

  it("names why a message came again", () => {
    expect(said([told({ event: "escalation", as: "still" })])[0]).toBe(
      "told: Ops Teams told because nobody acknowledged, on try 2",
    );
    expect(said([told({ event: "repeat", as: "still", attempts: 1 })])[0]).toBe(
      "told: Ops Teams told that it still fires",
    );
  });
});

describe("when a story is looked at again", () => {
  const look = (entries: StoryEntry[], next: StoryNext[] = []) =>
    nextStoryLookMs({ entries, next }, Date.parse("2026-03-12T14:02:00.000Z"));

  it("is just after the next try or the end of what holds it, never in a hurry", () => {
    expect(look([fired, told()])).toBeNull();
    const waiting = told({ state: "pending", nextAttemptAt: "2026-03-12T14:02:10.000Z" });
    expect(look([waiting])).toBe(10_700);
    expect(look([told({ state: "pending", nextAttemptAt: null })])).toBe(2_000);
  });

  it("is when somebody is told next, or what holds it ends", () => {
    const escalation = { kind: "telling" as const, event: "escalation" as const, channels: ["S ok"] };
    expect(look([fired], [{ ...escalation, at: "2026-03-12T14:02:30.000Z" }])).toBe(30_700);
    const muted: StoryNext = { kind: "held", stage: "inhibit", reason: "", until: null, channels: [] };
    expect(look([fired], [muted])).toBeNull();
  });

  it("is not because of what is past", () => {
    const past: StoryEntry = {
      kind: "step",
      id: "s",
      at: alert.firedAt,
      step: {
        at: alert.firedAt,
        stage: "group",
        outcome: "held",
        reason: "",
        until: "2026-03-12T14:01:00.000Z",
      },
    };
    expect(look([past])).toBeNull();
  });
});
