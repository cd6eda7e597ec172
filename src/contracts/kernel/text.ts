import { z } from "zod";
import "./faults-in-words";

/**
 * C0 and C1 control characters but tab and newline, and the marks that reorder text on screen: they could make
 * a name look like another one, or move the cursor of an operator's terminal.
 */
const unsafeCharacters = /(?![\t\n])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** What most text is, and needs no cleaning. */
const plain = /^[ -~]*$/;

/** Text that is safe to store and show: well-formed Unicode, no control characters, no bidirectional overrides. */
export function cleanText(text: string): string {
  if (plain.test(text)) return text;
  return text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(unsafeCharacters, "");
}

/** `text` cut to `max` UTF-16 units, never in the middle of a surrogate pair, with an ellipsis where it was cut. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = max - 1;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}

/** One line of cleaned text, trimmed, refused when empty or longer than `max`. */
export function lineSchema(max: number) {
  return z
    .string()
    .transform((text) =>
      cleanText(text)
        .replace(/[\t\n]+/g, " ")
        .trim(),
    )
    .pipe(z.string().min(1, "must not be empty").max(max, `must be at most ${max} characters`));
}

/** Text from a program, not from a form: cleaned and cut rather than refused, so that nothing is lost over its length. */
export function reportedTextSchema(max: number) {
  return z.string().transform((text) => cutText(cleanText(text), max));
}
