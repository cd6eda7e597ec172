/** A word of a rule's sentence that can be changed. */
export const pillKeys = [
  "kind",
  "scope",
  "except",
  "after",
  "within",
  "count",
  "metric",
  "op",
  "value",
  "pattern",
  "level",
  "commands",
  "things",
  "percent",
  "atLeast",
  "check",
  "for",
  "channels",
  "severity",
] as const;
export type PillKey = (typeof pillKeys)[number];

/** A piece of the sentence: plain words, or words that open their own small window. */
export type Part =
  | { text: string }
  | {
      pill: PillKey;
      /** What it settles, for screen readers: "Who is watched". */
      label: string;
      words: string;
      /** Fields of the draft that it shows, as paths: what is wrong with one of them stands at this pill. */
      paths: readonly string[];
    };

export const text = (words: string): Part => ({ text: words });

export function pill(key: PillKey, label: string, words: string, ...paths: string[]): Part {
  return { pill: key, label, words, paths };
}

/** The pieces as one line of text. */
export function plain(parts: readonly Part[]): string {
  return parts.map((part) => ("text" in part ? part.text : part.words)).join("");
}
