import { z } from "zod";
import type { Page } from "@/contracts/kernel/page";
import { invalid, pageOfRows } from "@/domain/kernel";

const positionSchema = z.tuple([z.string(), z.string(), z.string()]);

/** Where a page ended: the part of the list (`firing` before `resolved`, or empty), a time, and an id. */
export type Position = { part: string; at: Date; id: string };

/** Reads the opaque cursor of a list; refuses one that no list of ours has made. */
export function positionOf(cursor: string | undefined): Position | null {
  if (!cursor) return null;
  try {
    const [part, time, id] = positionSchema.parse(
      JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")),
    );
    const at = new Date(time);
    if (Number.isNaN(at.getTime())) throw new Error("no time");
    return { part, at, id };
  } catch {
    throw invalid("The cursor is not one that this list has given. Start again without it.");
  }
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
