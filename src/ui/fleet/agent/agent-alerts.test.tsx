// @vitest-environment happy-dom
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Alert, Subject } from "@/contracts/watch/alert";
import type { RuleScope } from "@/contracts/watch/rule";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import { sampleAgent, sampleAlert } from "@/testing/board-samples";
import { pageStage, refused } from "@/testing/page-stage";
import { AgentAlerts } from "./agent-alerts";

const startMs = Date.parse("2026-03-12T14:06:38.000Z");

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const about = (id: string, fields: Partial<BoardAlert> = {}) => sampleAlert(id, { agentId: "a", ...fields });
const ofMany = (id: string, kind: Alert["kind"], subject: Subject, fields: Partial<Alert> = {}) =>
  sampleAlert(id, { agentId: null, kind, subject, group: null, ...fields });
const host = (name: string): Subject => ({ kind: "host", id: name, name });
const fleet = (name: string): Subject => ({ kind: "fleet", id: "fleet", name });
const outage = (id: string, fields: Partial<Alert> = {}) =>
  ofMany(id, "outage", fleet("Some"), { ruleId: id, severity: "info", summary: id, ...fields });
const rule = (id: string, scope: RuleScope, except: RuleScope[] = []) => ({ id, scope, except });

/** The alerts on the page of an agent in group `cron` on host `kepler-04`, tagged `eu`. */
function look(
  alerts: readonly BoardAlert[],
  rules: typeof refused | readonly ReturnType<typeof rule>[] = [],
) {
  const agent = sampleAgent("a", { group: "cron", host: "kepler-04", tags: ["eu"] });
  const { wrapper, hear, asked } = pageStage({
    agents: [agent],
    alerts,
    answer: () => (rules === refused ? refused : { items: rules }),
  });
  render(<AgentAlerts agentId="a" />, { wrapper });
  return {
    hear,
    asked,
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
  const alert = about("alr_1");
  const { hear, lines, tone } = look([alert]);
  hear({ ...alert, acknowledgedBy: "Mira", acknowledgedAt: "2026-03-12T14:05:00.000Z" });
  expect(lines()[0]).toMatch(/Mira has it since \d\d:\d\d$/);
  expect(tone()).toBe("neutral");
  hear({ ...alert, state: "resolved" });
  expect(lines()).toEqual([]);
  expect(tone()).toBeUndefined();
});

it("goes quiet while it is muted, and says so", () => {
  const alert = about("alr_1");
  const { hear, lines, tone } = look([{ ...alert, muted: true }]);
  expect(lines()).toEqual(["Critical · Silent since 14:01:38. · began 5 min ago · nobody has it · muted"]);
  expect(tone()).toBe("neutral");
  hear({ ...alert, muted: false });
  expect(lines()[0]).toMatch(/nobody has it$/);
  expect(tone()).toBe("offline");
});

it("tells of the agent's host too, the most urgent first, and of no other, asking nobody", () => {
  const { lines, asked } = look([
    about("own", { severity: "warning", summary: "CPU is high." }),
    about("key", {
      severity: "info",
      summary: "Ends soon.",
      subject: { ...host("mca_ab"), kind: "agent-key" },
    }),
    ofMany("down", "host-down", host("kepler-04"), { summary: "All 3 are offline" }),
    ofMany("other host", "host-down", host("vega-01")),
    ofMany("ourselves", "offline", fleet("Late")),
    sampleAlert("other agent", { agentId: "b" }),
  ]);
  expect(lines().map(firstWords)).toEqual([
    "Critical · kepler-04: All 3 are offline",
    "Warning · CPU is high.",
    "Info · mca_ab: Ends soon.",
  ]);
  expect(asked).toEqual([]);
});

it("tells of outages that their rules watch this agent for, and of none of others", async () => {
  const { lines } = look(
    [
      outage("all", { severity: "warning" }),
      outage("group"),
      outage("tag"),
      outage("by name"),
      outage("all but these"),
      outage("other group"),
      outage("other tag"),
      outage("others by name"),
      outage("a rule that is gone"),
    ],
    [
      rule("all", { kind: "all" }),
      rule("group", { kind: "group", group: "Cron" }),
      rule("tag", { kind: "tag", tag: "eu" }),
      rule("by name", { kind: "agents", agentIds: ["b", "a"] }),
      rule("all but these", { kind: "all" }, [{ kind: "tag", tag: "eu" }]),
      rule("other group", { kind: "group", group: "web" }),
      rule("other tag", { kind: "tag", tag: "us" }),
      rule("others by name", { kind: "agents", agentIds: ["b"] }),
    ],
  );
  await vi.waitFor(() => expect(lines()).toHaveLength(4));
  expect(lines().map(firstWords).sort()).toEqual([
    "Info · Some: by name",
    "Info · Some: group",
    "Info · Some: tag",
    "Warning · Some: all",
  ]);
});

it("shows an outage rather than hide it while nobody says whose it is", () => {
  const { lines } = look([outage("all")], refused);
  expect(lines()).toHaveLength(1);
});

const firstWords = (line: string | null) => line?.split(" · ").slice(0, 2).join(" · ");
