/** A moment as data brings it: ISO 8601 text, milliseconds since 1970, or a Date. */
export type Instant = string | number | Date;

/** Milliseconds since 1970. Text that is no date gives NaN, which the formatters draw as "–". */
export function toMs(at: Instant): number {
  return typeof at === "number" ? at : new Date(at).getTime();
}

/** What stands where a value is missing. */
export const noValue = "–";
