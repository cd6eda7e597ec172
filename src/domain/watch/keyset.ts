import { z } from "zod";
import type { Page } from "@/contracts/kernel/page";
import { cursorMoment, pageOfRows, readCursor } from "@/domain/kernel";

const positionSchema = z.tuple([z.string(), z.string(), z.string()]);

function tupleOf(text: string): z.infer<typeof positionSchema> | null {
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    return null;
  }
}

/** Where a page ended: the part of the list (`firing` before `resolved`, or empty), a time, and an id. */
export type Position = { part: string; at: Date; id: string };

/** Reads the opaque cursor of a list; refuses one that no list of ours has made. */
export function positionOf(cursor: string | undefined): Position | null {
  return readCursor(cursor, (text) => {
    const [part, time, id] = tupleOf(text) ?? [];
    const at = cursorMoment(time ?? "");
    return at && part !== undefined && id ? { part, at, id } : null;
  });
}

/** A page out of `rows`, of which one more than `limit` was read to see whether there is a next page. */
export function pageFrom<Row, Item>(
  rows: Row[],
  limit: number,
  positionOfRow: (row: Row) => Position,
  toItem: (row: Row) => Item,
): Page<Item> {
  return pageOfRows(rows, limit, toItem, (_, row) => {
    const { part, at, id } = positionOfRow(row);
    return Buffer.from(JSON.stringify([part, at.toISOString(), id])).toString("base64url");
  });
}
