import { expect, test } from "vitest";
import type { Snapshot } from "@/contracts/wire/browser";
import { AccountBoard } from "@/domain/fleet/board/account-board";
import { emptyPicture, placeAgent } from "@/domain/fleet/board/picture";
import { sampleAgent } from "@/testing/board-samples";
import { boardBody } from "./board-body";

const whole = (snapshot: Snapshot) => {
  const { start, rest } = boardBody(snapshot);
  return JSON.parse(start.text + rest);
};

function boardOf(size: number): { board: AccountBoard; beat: (task: string) => void } {
  const picture = emptyPicture();
  for (let index = 0; index < size; index++)
    placeAgent(picture, sampleAgent(`agt_${index}`, { host: `höst "${index % 3}"`, tags: ["a", "b"] }));
  const board = new AccountBoard(picture);
  const beat = (task: string) =>
    board.takeBeat(
      {
        account: "acc_main",
        agentId: "agt_0",
        receivedAt: 1_000,
        transitMs: 3,
        activity: "working",
        task,
        progressAt: null,
        cpuPercent: 12,
        memoryBytes: 4_096,
      },
      1_000,
    );
  return { board, beat };
}

test.each([0, 1, 60, 1_200])("with %i agents it is the JSON of the snapshot", (size) => {
  const { board, beat } = boardOf(size);
  beat("one");
  const snapshot = board.snapshot("ep", 2_000, 2_000);
  expect(whole(snapshot)).toEqual(JSON.parse(JSON.stringify(snapshot)));
});

test("its start is kept while agents beat, and made anew when a fact changes one", () => {
  const { board, beat } = boardOf(1_200);
  const first = board.snapshot("ep", 1_000, 1_000);
  beat("two");
  const second = board.snapshot("ep", 2_000, 2_000);
  expect(second).not.toBe(first);
  expect(boardBody(second).start).toBe(boardBody(first).start);
  expect(whole(second)).toEqual(JSON.parse(JSON.stringify(second)));
  board.takeFact({
    seq: 7,
    account: "acc_main",
    kind: "agent.changed",
    at: "2026-11-23T08:00:00.000Z",
    actor: { kind: "user", id: "usr_1", name: "Mira" },
    target: { kind: "agent", id: "agt_0", name: "agt_0" },
    reason: null,
    before: { name: "agt_0" },
    after: { name: "renamed" },
    data: null,
    requestId: null,
    prevHash: "",
    hash: "",
  });
  const third = board.snapshot("ep", 3_000, 3_000);
  expect(boardBody(third).start).not.toBe(boardBody(second).start);
  expect(whole(third).columns.name[0]).toBe("renamed");
});
