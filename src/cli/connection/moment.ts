import { InvalidArgumentError } from "commander";

/** A moment with its zone, in the words of the server. */
export function moment(text: string): string {
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/i.test(text) || Number.isNaN(at.getTime())) {
    throw new InvalidArgumentError("Give a moment with its zone, such as 2026-03-01T12:00:00Z.");
  }
  return at.toISOString();
}
