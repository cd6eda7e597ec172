import { expect, it } from "vitest";
import type { BeatSignal } from "@/contracts/signals";
import { blankAgent } from "@/contracts/wire/blank-agent";
import { applyBeat, emptyPicture, placeAgent } from "./picture";

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
