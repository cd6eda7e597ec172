import { invalid } from "./errors";

/**
 * Where the page before ended, as the list reads its own cursor; null without one. Refuses as `invalid` what no page of
 * the list has given: a first page instead, or an empty one, would pass for the rest of the list.
 */
export function readCursor<Place>(
  cursor: string | undefined,
  read: (cursor: string) => Place | null,
): Place | null {
  if (cursor === undefined) return null;
  const place = read(cursor);
  if (place === null)
    throw invalid("The cursor is not one that this list has given. Start again without it.");
  return place;
}

/** A cursor that is a number of the list's own, such as `seq`. PostgreSQL's integers have nine digits and a bit. */
export const numberCursor = (cursor: string | undefined, mostDigits = 15): number | null =>
  readCursor(cursor, (text) => (/^\d+$/.test(text) && text.length <= mostDigits ? Number(text) : null));

/** A cursor that is the id of the last item. */
export const idCursor = (cursor: string | undefined): string | null =>
  readCursor(cursor, (text) => (/^[a-z]{2,8}_[\w-]{1,64}$/.test(text) ? text : null));

/** The moment in a cursor; null when its list did not write it so. */
export function cursorMoment(text: string): Date | null {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) || at.toISOString() !== text ? null : at;
}
