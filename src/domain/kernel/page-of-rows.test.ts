import fc from "fast-check";
import { expect, test } from "vitest";
import type { Page } from "@/contracts/kernel/page";
import { pageById, pageOfRows } from "./page-of-rows";

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: String(index).padStart(4, "0") }));

/** Asks as the lists do: one row more than the page, after the cursor. */
function walk(count: number, limit: number): string[] {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const after: string | null = cursor;
    const rows: { id: string }[] = rowsOf(count)
      .filter(({ id }) => after === null || id > after)
      .slice(0, limit + 1);
    const page: Page<{ id: string }> = pageById(rows, limit, (row) => row);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return seen;
}

test("walking the pages meets every row once, whatever the page's size", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 20 }), (count, limit) => {
      expect(walk(count, limit)).toEqual(rowsOf(count).map(({ id }) => id));
    }),
  );
});

test("the last page has no cursor, a page in the middle that of its last row", () => {
  const page = (count: number) =>
    pageOfRows(
      rowsOf(count),
      2,
      ({ id }) => id,
      (_, row) => `after ${row.id}`,
    );
  expect(page(0)).toEqual({ items: [], nextCursor: null });
  expect(page(2)).toEqual({ items: ["0000", "0001"], nextCursor: null });
  expect(page(3)).toEqual({ items: ["0000", "0001"], nextCursor: "after 0001" });
});
