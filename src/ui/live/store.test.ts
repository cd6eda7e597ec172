import { describe, expect, it } from "vitest";
import type { Command } from "@/contracts/fleet/command";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import type { Change, Frame } from "@/contracts/wire/browser";
import { activityCodes } from "@/contracts/wire/console-words";
import { sampleAgent, sampleAlert, sampleCommand } from "@/testing/board-samples";
import { LiveStore } from "./store";

const t = Date.parse("2026-03-12T14:06:31.000Z");

function loaded() {
  const flushes: (() => void)[] = [];
  const asked: boolean[] = [];
  const store = new LiveStore((flush, urgent) => {
    flushes.push(flush);
    asked.push(urgent);
  });
  const paint = () => {
    for (const flush of flushes.splice(0)) flush();
  };
  const agents = ["a", "b"].map((id, ix) => ({ ix, agent: sampleAgent(id) }));
  store.load({ agents, commands: [], alerts: [], notices: [] }, t);
  paint();
  asked.length = 0;
  /** How urgent what was marked since the last question is. */
  const urgent = () => new Set(asked.splice(0));
  return { store, paint, urgent };
}

function frame(s: number, parts: Partial<Frame>): Frame {
  return { s, t, ...parts };
}

function change(
  kind: Change["kind"],
  id: string,
  patch: Record<string, unknown>,
  more: Partial<Change> = {},
): Change {
  return { kind, id, patch, factSeq: 1, ...more };
}

describe("the live store", () => {
  it("begins with what the page says, which counts in no list, and forgets it with the first snapshot", () => {
    const store = new LiveStore(() => undefined);
    const rows = [{ ix: 0, agent: sampleAgent("a") }];
    const none = {
      alerts: 0,
      muted: 0,
      commands: 0,
      groups: [],
      counts: new Map(),
      hosts: 3,
      agents: 10_000,
    };
    const columns = { t, words: [], columns: {}, commands: [], alerts: [], notices: [] };
    const begun = { agents: rows, commands: [], alerts: [], notices: [] };
    store.begin({ ...none, query: "", rows: columns, rowCount: 10_000 }, begun);
    expect(store.loaded).toBe(false);
    expect(store.firstIds).toEqual(["a"]);
    expect(store.picture.agents.get("a")?.name).toBe("a");
    expect(store.agents("order", store.versions.order)).toEqual([]);
    store.load(begun, t);
    expect(store.glance).toBeNull();
    expect(store.agents("order", store.loadedVersions.order)).toHaveLength(1);
  });

  it("lets numbers wait for their turn, and neither a status nor a fact", () => {
    const { store, urgent } = loaded();
    store.apply([frame(1, { b: [[0, 250, 0, 465, 1024, 3]], k: [[0, "reading"]] })]);
    expect(urgent()).toEqual(new Set([false]));
    const stuck = activityCodes.indexOf("stuck");
    store.apply([frame(2, { b: [[1, 250, stuck, 465, 1024, 3]] })]);
    expect(urgent()).toEqual(new Set([true]));
    store.apply([frame(3, { c: [change("agent", "a", { name: "anna" })] })]);
    expect(urgent()).toEqual(new Set([true]));
    store.apply([
      frame(4, { b: [[0, 250, 0, 465, 1024, 3]], c: [change("news", "n", { topic: "notification" })] }),
    ]);
    expect(urgent()).toEqual(new Set([false]));
    store.apply([frame(5, { c: [change("command", "cmd", { ...sampleCommand("cmd", "a") })] })]);
    expect(urgent()).toEqual(new Set([true]));
    store.apply([frame(6, { c: [change("command", "cmd", { progress: 0.4 }, { factSeq: 0 })] })]);
    expect(urgent()).toEqual(new Set([false]));
  });

  it("folds a beat into its agent and tells that agent's listeners only", () => {
    const { store, paint } = loaded();
    const told: string[] = [];
    store.subscribe("agent:a", () => told.push("a"));
    store.subscribe("agent:b", () => told.push("b"));
    store.subscribe("order", () => told.push("order"));
    store.apply([frame(1, { b: [[0, 250, 0, 465, 1024, 3]] })]);
    paint();
    const agent = store.picture.agents.get("a");
    expect(told).toEqual(["a"]);
    expect(agent?.lastBeatAt).toBe(new Date(t - 250).toISOString());
    expect(agent?.metrics).toMatchObject({ cpuPercent: 46.5, memoryBytes: 1024 * 1024 });
  });

  it("tells once for many frames between two paints", () => {
    const { store, paint } = loaded();
    let told = 0;
    store.subscribe("agent:a", () => {
      told += 1;
    });
    store.apply([frame(1, { b: [[0, 0, 0, 1, 1, 1]] })]);
    store.apply([frame(2, { b: [[0, 0, 0, 2, 1, 1]] })]);
    paint();
    expect(told).toBe(1);
  });

  it("orders anew when an activity or a status changes, not for a mere beat", () => {
    const { store } = loaded();
    const before = store.versions.order;
    store.apply([frame(1, { b: [[0, 0, 0, 1, 1, 1]] })]);
    expect(store.versions.order).toBe(before);
    store.apply([frame(2, { b: [[0, 0, 2, 1, 1, 1]] })]);
    expect(store.versions.order).toBe(before + 1);
    store.apply([frame(3, { c: [change("agent", "b", { status: "offline", activity: null })] })]);
    expect(store.picture.agents.get("b")).toMatchObject({ status: "offline", activity: null });
    expect(store.versions.order).toBe(before + 2);
  });

  it("keeps the order of rows, but counts anew, when an agent goes from working to idle", () => {
    const { store } = loaded();
    const { order, activity } = store.versions;
    const idle = store.picture.agents.get("a")?.activity === "idle" ? 0 : 1;
    store.apply([frame(1, { b: [[0, 0, idle, 1, 1, 1]] })]);
    expect(store.versions).toEqual({ order, activity: activity + 1 });
  });

  it("takes new agents in with their place, and their beats in the same frame", () => {
    const { store } = loaded();
    const added = change("agent", "c", { ...sampleAgent("c") }, { ix: 2 });
    store.apply([frame(1, { c: [added], b: [[2, 0, 1, 10, 1, 1]], k: [[2, "Page 1"]] })]);
    expect(store.picture.agents.get("c")).toMatchObject({ activity: "idle", task: "Page 1" });
    store.apply([frame(2, { c: [change("agent", "c", {}, { removed: true })] })]);
    expect(store.picture.agents.has("c")).toBe(false);
    store.apply([frame(3, { b: [[2, 0, 1, 10, 1, 1]] })]);
    expect(store.picture.agents.size).toBe(2);
  });

  it("follows a command from request to end, and knows the open one of an agent", () => {
    const { store } = loaded();
    store.apply([frame(1, { c: [change("command", "x", { ...sampleCommand("x", "a") })] })]);
    expect(store.picture.openCommandOf("a")?.state).toBe("queued");
    store.apply([frame(2, { c: [change("command", "x", { state: "sent" })] })]);
    expect(store.picture.openCommandOf("a")).toMatchObject({ state: "sent", reason: "Memory grows" });
    store.apply([frame(3, { c: [change("command", "x", { state: "succeeded" })] })]);
    expect(store.picture.openCommandOf("a")).toBeUndefined();
    expect(store.commands.map(({ state }) => state)).toEqual(["succeeded"]);
  });

  it("forgets the oldest batches that are over, and none of which a command is under way", () => {
    const { store } = loaded();
    const batch = (batchId: string, minute: number, size: number, fields: Partial<Command> = {}) =>
      Array.from({ length: size }, (_, at) =>
        sampleCommand(`${batchId} ${at}`, `agent ${batchId} ${at}`, {
          batchId,
          state: "succeeded",
          requestedAt: `2026-03-12T14:${minute}:00.000Z`,
          ...fields,
        }),
      );
    const counts = () => {
      const sizes: Record<string, number> = {};
      for (const { batchId } of store.commands) sizes[batchId] = (sizes[batchId] ?? 0) + 1;
      return sizes;
    };
    const open = sampleCommand("waits", "b", { batchId: "open", requestedAt: "2026-03-12T14:10:00.000Z" });
    // The one that is under way comes last: of what came before it, none may be lost meanwhile.
    const commands = [...batch("old", 11, 400), ...batch("open", 10, 1_200, { state: "failed" }), open];
    store.load({ agents: [], commands, alerts: [], notices: [] }, t);
    expect(counts()).toEqual({ open: 1_201, old: 400 });
    const told = (all: readonly Command[]) =>
      all.map((command) => change("command", command.id, { ...command }));
    store.apply([frame(1, { c: told([...batch("new", 20, 400), ...batch("newest", 21, 300)]) })]);
    expect(counts()).toEqual({ open: 1_201, new: 400, newest: 300 });
    store.apply([frame(2, { c: told([{ ...open, state: "expired" }, ...batch("last", 22, 600)]) })]);
    expect(counts()).toMatchObject({ last: 600 });
    expect(counts()).not.toHaveProperty("open");
  });

  it("keeps alerts while they fire and notices until they are taken back", () => {
    const { store } = loaded();
    const fired = sampleAlert("al", { agentId: "a", ruleName: "Offline" });
    store.apply([frame(1, { c: [change("alert", "al", fired)] })]);
    expect(store.picture.alertOf("a")?.ruleName).toBe("Offline");
    store.apply([frame(2, { c: [change("alert", "al", { acknowledgedBy: "Mira" })] })]);
    expect(store.picture.alertOf("a")?.acknowledgedBy).toBe("Mira");
    store.apply([frame(3, { c: [change("alert", "al", { state: "resolved" })] })]);
    expect(store.alerts).toEqual([]);
    store.apply([frame(4, { c: [change("notice", "n", { from: "f", to: "t", text: "x" })] })]);
    expect(store.picture.notices).toEqual([{ id: "n", kind: "blind", from: "f", to: "t", text: "x" }]);
  });

  it("knows the worst of several alerts of an agent, and those that are about none", () => {
    const { store } = loaded();
    const put = (id: string, fields: Partial<BoardAlert>) =>
      store.apply([frame(seq++, { c: [change("alert", id, { ...sampleAlert(id, fields) })] })]);
    let seq = 1;
    put("warning", { agentId: "a", severity: "warning" });
    put("critical", { agentId: "a" });
    put("fleet", { agentId: null, subject: { kind: "fleet", id: "fleet", name: "the fleet" } });
    expect(store.picture.alertOf("a")?.id).toBe("critical");
    expect(store.alerts).toHaveLength(3);
    put("critical", { agentId: "a", acknowledgedAt: "2026-03-12T14:02:00Z", acknowledgedBy: "Mira" });
    expect(store.picture.alertOf("a")?.id).toBe("warning");
    put("muted", { agentId: "a", muted: true });
    expect(store.picture.alertOf("a")?.id).toBe("warning");
    store.apply([frame(seq++, { c: [change("alert", "muted", { muted: false })] })]);
    expect(store.picture.alertOf("a")?.id).toBe("muted");
    put("muted", { agentId: "a", state: "resolved" });
    store.apply([frame(seq++, { c: [change("alert", "muted", { muted: true })] })]);
    put("warning", { agentId: "a", severity: "warning", state: "resolved" });
    expect(store.picture.alertOf("a")?.id).toBe("critical");
    put("critical", { agentId: "a", state: "resolved" });
    expect(store.picture.alertOf("a")).toBeUndefined();
  });

  it("tells news of what the board does not carry, and that anything may have happened before a new snapshot", () => {
    const { store } = loaded();
    const heard: unknown[] = [];
    const stop = store.onNews((news) => heard.push(news));
    const patch = { topic: "silence", fact: "silence.created" };
    store.apply([frame(1, { c: [change("news", "sil_1", patch)] })]);
    store.load({ agents: [], commands: [], alerts: [], notices: [] }, t);
    stop();
    store.apply([frame(2, { c: [change("news", "sil_1", patch)] })]);
    expect(heard).toEqual([[patch], null]);
    expect(store.picture.notices).toEqual([]);
  });

  it("starts over from a new snapshot without what is gone", () => {
    const { store } = loaded();
    store.load({ agents: [{ ix: 7, agent: sampleAgent("z") }], commands: [], alerts: [], notices: [] }, t);
    expect([...store.picture.agents.keys()]).toEqual(["z"]);
    store.apply([frame(9, { b: [[0, 0, 0, 999, 1, 1]] })]);
    expect(store.picture.agents.get("z")?.metrics.cpuPercent).toBeNull();
  });

  it("finds whose hands are on an agent", () => {
    const { store } = loaded();
    const intent = {
      id: "i",
      user: { id: "j", name: "Jonas" },
      kind: "restart",
      agentIds: ["a"],
      reason: null,
      since: t,
    } as const;
    store.setIntents([{ ...intent, agentIds: ["a"] }]);
    expect(store.intentsOf("a")?.[0]?.user.name).toBe("Jonas");
    store.setIntents([]);
    expect(store.intentsOf("a")).toBeUndefined();
  });
});
