import { expect, test } from "vitest";
import { Waiters } from "./waiters";

const listening = (...sinceMs: number[]) => {
  const heard: string[] = [];
  const waiters = new Waiters();
  for (const ms of sinceMs) waiters.add(ms, (done) => heard.push(`${ms} ${done}`));
  return { waiters, heard };
};

test("everybody is answered once, in the order of their coming", () => {
  const { waiters, heard } = listening(1, 2, 3);
  waiters.settle(true);
  waiters.settle(false);
  expect(heard).toEqual(["1 true", "2 true", "3 true"]);
});

test("only who has waited too long is told that it is not done", () => {
  const { waiters, heard } = listening(1, 2, 3);
  waiters.expire(1);
  expect(heard).toEqual([]);
  waiters.expire(3);
  expect(heard).toEqual(["1 false", "2 false"]);
  waiters.settle(true);
  expect(heard).toEqual(["1 false", "2 false", "3 true"]);
});

test("who is taken over came first, and waits in one place only", () => {
  const older = listening(1, 2);
  const newer = listening(3);
  newer.waiters.takeOver(older.waiters);
  older.waiters.settle(false);
  newer.waiters.expire(2);
  newer.waiters.settle(true);
  expect([older.heard, newer.heard]).toEqual([["1 false", "2 true"], ["3 true"]]);
});
