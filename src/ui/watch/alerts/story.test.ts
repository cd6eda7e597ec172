import { describe, expect, it } from "vitest";
import type { Alert } from "@/contracts/watch/alert";
import type { Notification } from "@/contracts/watch/notification";
import { alertLine, byUrgency } from "./alert-words";
import { storyOf } from "./story";

const alert: Alert = {
  id: "alr_1",
  ruleId: "rul_1",
  ruleName: "Any agent is offline",
  kind: "offline",
  severity: "critical",
  state: "firing",
  agentId: "agt_1",
  agentName: "nightly-export",
  group: "cron-workers",
  host: "kepler-04",
  since: "2026-03-12T14:01:38.000Z",
  firedAt: "2026-03-12T14:01:45.000Z",
  resolvedAt: null,
  resolution: null,
  lastKnown: "part 7 of 12",
  status: "offline",
  acknowledgedBy: null,
  acknowledgedAt: null,
};
const told: Notification = {
  id: "ntf_1",
  alertId: "alr_1",
  agentName: "nightly-export",
  channelId: "chn_1",
  channelName: "Ops Teams",
  event: "firing",
  state: "delivered",
  attempts: 2,
  nextAttemptAt: null,
  lastStatus: 202,
  lastAnswer: "",
  createdAt: "2026-03-12T14:01:45.010Z",
  deliveredAt: "2026-03-12T14:01:51.000Z",
};

describe("storyOf", () => {
  it("tells beat, firing, message, owner and what is next, in order", () => {
    const owned = { ...alert, acknowledgedBy: "Mira", acknowledgedAt: "2026-03-12T14:03:00.000Z" };
    expect(storyOf(owned, [told]).map(({ kind, title, words }) => `${kind}: ${title} ${words}`)).toEqual([
      "silent: Last beat part 7 of 12",
      "fired: Firing silent for 7.0 s, by the rule “Any agent is offline”",
      "told: Ops Teams told on try 2",
      "acknowledged: Mira acknowledged and has it",
      "next: Resolved when it beats again; Ops Teams is told once",
    ]);
  });

  it("ends with the resolution and says nothing of a next step", () => {
    const over = {
      ...alert,
      state: "resolved" as const,
      resolvedAt: "2026-03-12T14:09:00.000Z",
      resolution: "Back",
    };
    const kinds = storyOf(over, [told]).map(({ kind }) => kind);
    expect(kinds).toEqual(["silent", "fired", "told", "resolved"]);
  });

  it("says what stands in the way of a message, and does not promise one to a channel that was given up", () => {
    const late = { ...told, state: "pending" as const, lastStatus: 429, deliveredAt: null, attempts: 1 };
    expect(storyOf(alert, [late]).find(({ kind }) => kind === "waiting")?.words).toBe(
      "not yet: 429 Too many requests",
    );
    const dead = { ...late, state: "dead" as const };
    expect(storyOf(alert, [dead]).at(-1)?.words).toBe("when it beats again");
  });
});

describe("alert words", () => {
  it("says what, since when and where; when over, how long", () => {
    expect(alertLine(alert, "UTC")).toBe("Offline: silent since 14:01:38, kepler-04");
    const over = { ...alert, state: "resolved" as const, resolvedAt: "2026-03-12T14:07:50.000Z" };
    expect(alertLine(over)).toBe("Offline for 6 min 12 s");
  });

  it("puts firing before resolved, critical before warning, new before old", () => {
    const make = (id: string, parts: Partial<Alert>) => ({ ...alert, id, ...parts });
    const sorted = [
      make("resolved", { state: "resolved", resolvedAt: "2026-03-12T15:00:00Z" }),
      make("warning", { severity: "warning", firedAt: "2026-03-12T15:00:00Z" }),
      make("old", {}),
      make("new", { firedAt: "2026-03-12T15:00:00Z" }),
    ].sort(byUrgency);
    expect(sorted.map(({ id }) => id)).toEqual(["new", "old", "warning", "resolved"]);
  });
});
