// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Alert, Subject } from "@/contracts/watch/alert";
import { sampleAgent, sampleAlert } from "@/testing/board-samples";
import { LiveProvider } from "../../live/live-context";
import { LiveStore } from "../../live/store";
import { AgentAlerts } from "./agent-alerts";

const startMs = Date.parse("2026-03-12T14:06:38.000Z");

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const about = (id: string, fields: Partial<Alert> = {}) => sampleAlert(id, { agentId: "a", ...fields });
const ofMany = (id: string, kind: Alert["kind"], subject: Subject, fields: Partial<Alert> = {}) =>
  sampleAlert(id, { agentId: null, kind, subject, group: null, ...fields });
const host = (name: string): Subject => ({ kind: "host", id: name, name });
const fleet = (name: string): Subject => ({ kind: "fleet", id: "fleet", name });

/** The alerts on the page of an agent in group `cron` on host `kepler-04`, tagged `eu`. */
function look(alerts: readonly Alert[]) {
  let paint = () => {};
  const store = new LiveStore((flush) => {
    paint = flush;
  });
  const agent = sampleAgent("a", { group: "cron", host: "kepler-04", tags: ["eu"] });
  store.load({ agents: [{ ix: 0, agent }], commands: [], alerts, notices: [] }, startMs);
  render(
    <LiveProvider live={{ store, connection: null }}>
      <AgentAlerts agentId="a" />
    </LiveProvider>,
  );
  return {
    hear: (id: string, patch: Partial<Alert>) =>
      act(() => {
        store.apply([{ s: 1, t: startMs, c: [{ kind: "alert", id, patch, factSeq: 1 }] }]);
        paint();
      }),
    lines: () => screen.queryAllByRole("listitem").map((line) => line.textContent),
    tone: () => document.querySelector("[data-slot=agent-alerts]")?.getAttribute("data-tone"),
  };
}

it("says what fires for the agent, since when and that nobody has it, and leads to the alert", () => {
  const { lines, tone } = look([about("alr_1")]);
  expect(lines()).toEqual(["Critical · Silent since 14:01:38. · began 5 min ago · nobody has it"]);
  const link = within(screen.getByRole("listitem")).getByRole("link");
  expect(link.getAttribute("href")).toBe("/alerts/alr_1");
  expect(tone()).toBe("offline");
});

it("goes quiet when somebody has it, and away when it is over", () => {
  const { hear, lines, tone } = look([about("alr_1")]);
  hear("alr_1", { acknowledgedBy: "Mira", acknowledgedAt: "2026-03-12T14:05:00.000Z" });
  expect(lines()[0]).toMatch(/Mira has it since \d\d:\d\d$/);
  expect(tone()).toBe("neutral");
  hear("alr_1", { state: "resolved" });
  expect(lines()).toEqual([]);
  expect(tone()).toBeUndefined();
});

it("tells of the agent's host and of outages of its fleet too, the most urgent first, and of no others", () => {
  const { lines } = look([
    about("own", { severity: "warning", summary: "CPU is high." }),
    about("key", {
      severity: "info",
      summary: "Ends soon.",
      subject: { ...host("mca_ab"), kind: "agent-key" },
    }),
    ofMany("down", "host-down", host("kepler-04"), { summary: "All 3 are offline" }),
    ofMany("all", "outage", fleet("All agents"), { severity: "warning", summary: "5 of 9 are offline" }),
    ofMany("group", "outage", fleet("Group cron"), { severity: "info", summary: "2 of 3 are offline" }),
    ofMany("tag", "outage", fleet("Agents tagged eu"), { severity: "info", summary: "1 of 2 is offline" }),
    ofMany("other host", "host-down", host("vega-01")),
    ofMany("other group", "outage", fleet("Group web")),
    ofMany("of three", "outage", fleet("3 agents")),
    ofMany("other tag", "outage", fleet("Agents tagged us")),
    ofMany("ourselves", "outage", fleet("Late"), { kind: "offline" }),
    sampleAlert("other agent", { agentId: "b" }),
  ]);
  const words = lines().map((line) => line?.split(" · ").slice(0, 2).join(" · "));
  expect(words).toEqual([
    "Critical · kepler-04: All 3 are offline",
    "Warning · All agents: 5 of 9 are offline",
    "Warning · CPU is high.",
    "Info · Group cron: 2 of 3 are offline",
    "Info · mca_ab: Ends soon.",
    "Info · Agents tagged eu: 1 of 2 is offline",
  ]);
});
