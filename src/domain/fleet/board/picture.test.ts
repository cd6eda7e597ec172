import { expect, it } from "vitest";
import type { Fact, FactKind } from "@/contracts/facts";
import type { CommandState } from "@/contracts/fleet/command";
import type { BeatSignal } from "@/contracts/signals";
import { blankAgent } from "@/contracts/wire/blank-agent";
import { sampleAlert, sampleCommand } from "@/testing/board-samples";
import {
  applyBeat,
  applyFact,
  batchShownMs,
  emptyPicture,
  endedShownMs,
  placeAgent,
  pruneEnded,
} from "./picture";

const atMs = Date.parse("2026-01-01T12:00:00.000Z");
const beat = (receivedAt: number, task: string): BeatSignal => ({
  agentId: "agt_a",
  account: "acc_main",
  receivedAt,
  transitMs: null,
  activity: "working",
  task,
  progressAt: null,
  cpuPercent: null,
  memoryBytes: null,
});

function pictureAt(receivedAt: number) {
  const picture = emptyPicture();
  placeAgent(picture, { ...blankAgent, id: "agt_a", status: "online" });
  applyBeat(picture, beat(receivedAt, "newest"), receivedAt);
  return picture;
}

it("lets a beat that came late over another instance change nothing", () => {
  const picture = pictureAt(atMs);
  expect(applyBeat(picture, beat(atMs - 1, "late"), atMs + 5)).toBeNull();
  expect(picture.agents.get("agt_a")?.agent.task).toBe("newest");
});

it("goes on at once when the server's clock was set back, by a millisecond or by ten minutes", () => {
  for (const backMs of [1, 600_000]) {
    const picture = pictureAt(atMs);
    const nowMs = atMs - backMs;
    expect(applyBeat(picture, beat(nowMs, "after"), nowMs)).not.toBeNull();
    expect(picture.agents.get("agt_a")?.agent.task).toBe("after");
  }
});

it("carries alerts about the fleet, hosts and ourselves, which no agent has, from their first fact to their end", () => {
  const picture = emptyPicture();
  let seq = 0;
  const tell = (kind: FactKind, after: Record<string, unknown>) =>
    applyFact(picture, {
      seq: ++seq,
      kind,
      at: new Date(atMs).toISOString(),
      actor: { kind: "rule", id: "rul_1", name: "Total outage" },
      target: { kind: "alert", id: "alr_1", name: "All agents: Total outage" },
      after,
    } as Fact);
  const subject = { kind: "fleet" as const, id: "fleet", name: "All agents" };
  const fired = sampleAlert("alr_1", { kind: "outage", subject, agentId: null });
  expect(tell("alert.fired", fired)).toMatchObject({ kind: "alert", id: "alr_1", patch: { agentId: null } });
  expect(tell("alert.resolved", { state: "resolved" })).toMatchObject({ kind: "alert", id: "alr_1" });
  expect([...picture.alerts.values()]).toMatchObject([{ state: "resolved", subject }]);
});

it("keeps a batch whole while one of it is open or ended a moment ago, and then takes all of it off", () => {
  const picture = emptyPicture();
  const put = (id: string, batchId: string, state: CommandState, endMs?: number) => {
    const finishedAt = endMs === undefined ? null : new Date(endMs).toISOString();
    picture.commands.set(id, sampleCommand(id, `agt_${id}`, { batchId, state, finishedAt }));
  };
  const prune = (nowMs: number) => pruneEnded(picture, nowMs).map(({ id, removed }) => ({ id, removed }));
  put("failed", "large", "failed", atMs);
  put("waits", "large", "queued");
  put("alone", "small", "succeeded", atMs);
  const lateMs = atMs + 10 * endedShownMs;
  put("days ago", "large", "succeeded", lateMs - batchShownMs - 1);
  expect(prune(lateMs)).toEqual([
    { id: "alone", removed: true },
    { id: "days ago", removed: true },
  ]);
  expect([...picture.commands.keys()]).toEqual(["failed", "waits"]);
  put("waits", "large", "expired", lateMs);
  expect(prune(lateMs + endedShownMs)).toEqual([]);
  expect(prune(lateMs + endedShownMs + 1).map(({ id }) => id)).toEqual(["failed", "waits"]);
  expect(picture.commands.size).toBe(0);
});
