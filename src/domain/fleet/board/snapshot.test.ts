import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { agentStatuses } from "@/contracts/fleet/agent-statuses";
import { blankAgent } from "@/contracts/wire/blank-agent";
import { decodeSnapshot } from "@/contracts/wire/board-fold";
import { createIds } from "@/platform/ids";
import { fakeClock } from "@/testing/clock";
import { fakeIds } from "@/testing/ids";
import { emptyPicture, type Picture, placeAgent } from "./picture";
import { encodeSnapshot } from "./snapshot";

const ids = fakeIds(fakeClock(), 20_261_121);
const t = Date.parse("2026-11-21T08:00:00.000Z");

/** The random part of an id: ids of one moment count up, which no fleet that grew over months does. */
const randomTail = () =>
  createIds(() => 0, ids.bytes)
    .id("x")
    .slice(-16);

/** A fleet as it comes: random ids, uneven times, a hundred hosts, a few dozen kinds of task. */
function fleet(size: number): Picture {
  const picture = emptyPicture();
  for (let index = 0; index < size; index++) {
    const id = `${ids.id("agt").slice(0, -16)}${randomTail()}`;
    const host = `worker-${index % 100}.example.test`;
    const lastBeatAt = new Date(t - Math.floor(ids.random() * 10_000)).toISOString();
    const placed = placeAgent(picture, {
      ...blankAgent,
      id,
      name: `crawler-${String(index).padStart(5, "0")}`,
      group: `group ${index % 12}`,
      tags: index % 3 ? ["prod"] : ["prod", "eu-west"],
      status: agentStatuses[index % 50 === 0 ? 5 : 0] ?? "online",
      activity: index % 50 === 0 ? null : "working",
      statusSince: new Date(t - Math.floor(ids.random() * 86_400_000)).toISOString(),
      host,
      version: "1.4.2",
      pid: 1_000 + index,
      lastBeatAt,
      task: index % 4 ? `page ${index % 40} of feed` : null,
      metrics: {
        ...blankAgent.metrics,
        cpuPercent: Math.round(ids.random() * 1_000) / 10,
        memoryBytes: Math.floor(50e6 + ids.random() * 4e6),
      },
      evidence: { ...blankAgent.evidence, lastBeatAt, host, decidedBy: "It beats.", silentAfterMs: 30_000 },
    });
    placed.transitMs = index % 7;
  }
  return picture;
}

test("10,000 agents stay under 200 kB gzipped", () => {
  const text = JSON.stringify(encodeSnapshot(fleet(10_000), "ep", 7, t));
  expect(gzipSync(text, { level: 6 }).byteLength).toBeLessThan(200_000);
});

test("a row comes back as what it said; a small fleet keeps its details", () => {
  const picture = fleet(60);
  const board = decodeSnapshot(encodeSnapshot(picture, "ep", 7, t));
  expect(board.agents.size).toBe(60);
  for (const { ix, agent, transitMs } of picture.agents.values()) {
    const seen = board.agents.get(ix);
    const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1_000);
    expect(seconds(seen?.agent.statusSince ?? "")).toBe(seconds(agent.statusSince));
    expect(seen?.transitMs).toBe(transitMs);
    const memoryBytes = Math.round((agent.metrics.memoryBytes ?? 0) / 1024) * 1024;
    expect(seen?.agent).toEqual({
      ...agent,
      statusSince: seen?.agent.statusSince,
      metrics: { ...agent.metrics, memoryBytes },
      evidence: { ...agent.evidence, pid: agent.pid },
    });
  }
});

test("progress comes along of those that are stuck only, in small fleets and large ones", () => {
  for (const size of [3, 1_200]) {
    const picture = fleet(size);
    const [, stuck, other] = [...picture.agents.values()];
    if (!stuck || !other) throw new Error("a fleet of three has a second and a third agent");
    const progressAt = new Date(t - 240_000).toISOString();
    Object.assign(stuck.agent, { activity: "stuck", progressAt });
    Object.assign(other.agent, { progressAt });
    const { agents } = decodeSnapshot(encodeSnapshot(picture, "ep", 7, t));
    expect(agents.get(stuck.ix)?.agent.progressAt).toBe(progressAt);
    expect(agents.get(other.ix)?.agent.progressAt).toBeNull();
  }
});
