import { InvalidArgumentError } from "commander";
import { durationOf } from "./duration";

/** A moment with its zone, in the words of the server. */
export function moment(text: string): string {
  const at = momentOf(text);
  if (at === null)
    throw new InvalidArgumentError("Give a moment with its zone, such as 2026-03-01T12:00:00Z.");
  return at;
}

/** A moment with its zone, or how long ago it was: `90s`, `10m`, `2h`, `1h30m`. */
export function momentOrAge(text: string): string {
  const ageMs = durationOf(text);
  const at = ageMs === null ? momentOf(text) : new Date(Date.now() - ageMs).toISOString();
  if (at !== null) return at;
  throw new InvalidArgumentError(
    "Give a time such as 90s, 10m or 2h, or a moment with its zone, such as 2026-03-01T12:00:00Z.",
  );
}

function momentOf(text: string): string | null {
  const at = new Date(text);
  const known = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/i.test(text) && !Number.isNaN(at.getTime());
  return known ? at.toISOString() : null;
}
