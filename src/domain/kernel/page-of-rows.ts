import type { Page } from "@/contracts/kernel/page";

/**
 * A keyset page out of `rows`, of which one more than `limit` was read: that one tells whether there is a next page
 * and is never shown. The cursor is told of the last row that is shown; `cursorOf` gets it as item and as row.
 */
export function pageOfRows<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorOf: (last: Item, row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const items = shown.map(toItem);
  const lastRow = shown.at(-1);
  const last = items.at(-1);
  const more = rows.length > limit && lastRow !== undefined && last !== undefined;
  return { items, nextCursor: more ? cursorOf(last, lastRow) : null };
}

/** The same for the lists whose cursor is the id of the last item. */
export const pageById = <Row, Item extends { id: string }>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): Page<Item> => pageOfRows(rows, limit, toItem, ({ id }) => id);
