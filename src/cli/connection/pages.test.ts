import { expect, test } from "vitest";
import { type AskPage, itemsOf } from "./pages";

/** A list of 1,201 numbers as a server gives it; `asked` holds the size of each page that was asked for. */
function list() {
  const asked: number[] = [];
  const ask = async ({ limit, cursor = "0" }: { limit: number; cursor?: string }) => {
    asked.push(limit);
    const from = Number(cursor);
    const to = Math.min(1_201, from + limit);
    const items = Array.from({ length: to - from }, (_, at) => from + at);
    return { items, nextCursor: to < 1_201 ? String(to) : null };
  };
  return { ask, asked };
}

test("all items, or the first of them, in pages of a size that the server gives", async () => {
  const all = list();
  expect(await itemsOf(all.ask)).toEqual(Array.from({ length: 1_201 }, (_, at) => at));
  expect(all.asked).toEqual([500, 500, 500]);
  const some = list();
  expect((await itemsOf(some.ask, 700)).at(-1)).toBe(699);
  expect(some.asked).toEqual([500, 200]);
  const few = list();
  expect(await itemsOf(few.ask, 2)).toEqual([0, 1]);
  expect(few.asked).toEqual([2]);
});

test("the list of a server that is older and says nothing of a next page ends", async () => {
  let asked = 0;
  const older = async () => {
    asked += 1;
    if (asked > 1) throw new Error("The same page was asked for again.");
    return { items: ["a"] };
  };
  expect(await itemsOf(older as unknown as AskPage<string>)).toEqual(["a"]);
});
