import { describe, expect, it } from "vitest";
import type { Agent } from "@/contracts/fleet/agent";
import { type EncodedAgent, encodeAgents } from "@/contracts/wire/board-codec";
import type { BoardView } from "@/contracts/wire/board-view";
import { sampleAgent, sampleAlert, sampleCommand } from "@/testing/board-samples";
import { decodeBoard } from "../../live/decode-board";
import { orderRows } from "./order";
import { takeGlance } from "./take-glance";

const t = Date.parse("2026-03-12T14:06:31.000Z");
const idOf = (at: number) => `agt_${String(at).padStart(26, "0")}`;

function viewOf(agents: readonly Agent[]): BoardView {
  const entries = agents.map((agent, ix): [string, EncodedAgent] => {
    const beat = { beatAt: t - 700, cpuPercent: 12.3, memoryBytes: 5_000_000, transitMs: 2 };
    return [agent.id, { ix, agent, sinceMs: Date.parse(agent.statusSince), ...beat }];
  });
  const open = sampleCommand("cmd", idOf(0));
  const ended = sampleCommand("old", idOf(0), { state: "succeeded" });
  const commands = new Map([open, ended].map((command) => [command.id, command]));
  return { t, agents: new Map(entries), commands, alerts: new Map() };
}

const small = viewOf(
  Array.from({ length: 30 }, (_, at) =>
    sampleAgent(idOf(at), {
      name: `worker-${String(at).padStart(2, "0")}`,
      group: `g${at % 2}`,
      host: `host-${at % 3}`,
      activity: at < 10 ? "working" : "idle",
    }),
  ),
);

describe("what a page says of the board from the start", () => {
  it("is the counts of all, and the first rows with the numbers of their last beat", () => {
    const glance = takeGlance(small, "/");
    expect(glance).toMatchObject({ agents: 30, hosts: 3, rowCount: 30, commands: 1, alerts: 0, query: "" });
    expect(Object.fromEntries(glance.counts)).toEqual({ working: 10, idle: 20 });
    expect(glance.groups.map(({ name, count }) => [name, count])).toEqual([
      ["g0", 15],
      ["g1", 15],
    ]);
    const { agents, commands } = decodeBoard(glance.rows);
    expect(agents.map(({ agent }) => agent.id)).toEqual(Array.from({ length: 24 }, (_, at) => idOf(at)));
    expect(agents[0]?.agent).toMatchObject({ lastBeatAt: new Date(t - 700).toISOString(), group: "g0" });
    expect(commands.map(({ id }) => id)).toEqual(["cmd"]);
  });

  it("counts the alerts that fire, apart from those that nobody is told of", () => {
    const resolved = sampleAlert("over", { state: "resolved" });
    const alerts = [sampleAlert("one"), sampleAlert("two", { muted: false }), resolved].concat(
      sampleAlert("quiet", { muted: true }),
    );
    const view = { ...small, alerts: new Map(alerts.map((alert) => [alert.id, alert])) };
    expect(takeGlance(view, "/")).toMatchObject({ alerts: 2, muted: 1 });
  });

  it("has the rows of the address's filter, and none on other pages", () => {
    const filtered = takeGlance(small, "/?status=idle&group=g1");
    expect(filtered).toMatchObject({ agents: 30, rowCount: 10, query: "?status=idle&group=g1" });
    expect(takeGlance(small, "/alerts?status=idle")).toMatchObject({ agents: 30, rowCount: 0 });
    expect(decodeBoard(takeGlance(small, "//").rows).agents).toEqual([]);
  });

  it("stands in the order of the snapshot that follows, where that rounds the times", () => {
    const fleet = Array.from({ length: 1_200 }, (_, at) =>
      sampleAgent(idOf(at), {
        name: `worker-${at}`,
        status: "offline",
        activity: null,
        statusSince: new Date(t - ((at * 7_919) % 7_200) * 1_000).toISOString(),
      }),
    );
    const view = viewOf(fleet);
    const snapshot = {
      t,
      ...encodeAgents([...view.agents.values()], t, false),
      commands: [],
      alerts: [],
      notices: [],
    };
    const after = orderRows(decodeBoard(snapshot).agents.map(({ agent }) => agent));
    const before = decodeBoard(takeGlance(view, "/").rows).agents.map(({ agent }) => agent.id);
    expect(before).toEqual(after.slice(0, 24));
  });
});
