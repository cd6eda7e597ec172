import { expect, it } from "vitest";
import type { Fact } from "@/contracts/facts";
import { blankAgent } from "@/contracts/wire/blank-agent";
import { decodeSnapshot } from "@/contracts/wire/board-fold";
import { AccountBoard } from "./account-board";
import { emptyPicture, placeAgent } from "./picture";

const t = Date.parse("2026-11-21T08:00:00.000Z");

function boardOf(size: number) {
  const picture = emptyPicture();
  for (let at = 0; at < size; at++) {
    placeAgent(picture, { ...blankAgent, id: `agt_${at}`, name: `crawler-${at}`, status: "online" });
  }
  return new AccountBoard(picture);
}

const fact = (kind: string, id: string, after: object | null): Fact =>
  ({
    kind,
    at: new Date(t).toISOString(),
    seq: 1,
    target: { kind: "agent", id, name: id },
    after,
    data: null,
  }) as Fact;

it("tells in every snapshot what facts and beats have changed since the one before", () => {
  const board = boardOf(1_500);
  let nowMs = 0;
  // Each comes when the one before is no longer shared.
  const seen = (id: string) => {
    nowMs += 1_000;
    const { agents } = decodeSnapshot(board.snapshot("ep", t, nowMs));
    return [...agents.values()].find(({ agent }) => agent.id === id)?.agent;
  };
  expect(seen("agt_700")?.name).toBe("crawler-700");
  board.takeFact(fact("agent.changed", "agt_700", { name: "renamed", tags: ["night"] }));
  expect(seen("agt_700")).toMatchObject({ name: "renamed", tags: ["night"] });
  board.takeFact(fact("agent.went_offline", "agt_700", { status: "offline" }));
  expect(seen("agt_700")?.status).toBe("offline");
  board.takeFact(fact("agent.added", "agt_new", { ...blankAgent, id: "agt_new", name: "new" }));
  expect(seen("agt_new")?.name).toBe("new");
  board.takeFact(fact("agent.removed", "agt_3", null));
  expect(seen("agt_3")).toBeUndefined();
  expect(seen("agt_4")?.name).toBe("crawler-4");
  const beat = { transitMs: null, activity: "waiting", progressAt: null, memoryBytes: null } as const;
  board.takeBeat(
    { ...beat, agentId: "agt_4", account: "acc", receivedAt: t, task: "page 7", cpuPercent: 12 },
    t,
  );
  expect(seen("agt_4")).toMatchObject({ activity: "waiting", task: "page 7", metrics: { cpuPercent: 12 } });
});
