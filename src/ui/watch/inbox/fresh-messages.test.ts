import { expect, it } from "vitest";
import { freshMessages } from "./fresh-messages";

const messages = (...ids: number[]) => ids.map((id) => ({ id, read: false }));

it("a browser that tells for the first time tells nothing old", () => {
  expect(freshMessages(messages(7, 6), null)).toEqual({ ids: [], more: 0, told: 7 });
  expect(freshMessages([], null)).toEqual({ ids: [], more: 0, told: 0 });
});

it("each message is told once, oldest first, and not when it was read elsewhere", () => {
  expect(freshMessages([...messages(9, 8, 7), { id: 10, read: true }], 7)).toEqual({
    ids: [8, 9],
    more: 0,
    told: 10,
  });
  expect(freshMessages(messages(9, 8), 9)).toEqual({ ids: [], more: 0, told: 9 });
});

it("a storm is three notifications and a number", () => {
  expect(freshMessages(messages(5, 4, 3, 2, 1), 0)).toEqual({ ids: [3, 4, 5], more: 2, told: 5 });
});
