import { cleanText, cutText } from "@/contracts/kernel/text";

/** Longest texts and lists of a rendering, in characters and entries. A channel with little room takes smaller ones. */
export type Limits = {
  /** Names: of agents, hosts, rules. */
  name: number;
  /** Sentences: what is wrong, what was known last. */
  detail: number;
  /** A body of the channel's own words. */
  body: number;
  /** Alerts that a list names. */
  items: number;
};

/** From plenty to hardly anything: a channel takes the first that fits. */
export const limitSteps: readonly Limits[] = [
  { name: 200, detail: 600, body: 4_000, items: 25 },
  { name: 120, detail: 400, body: 3_000, items: 25 },
  { name: 100, detail: 300, body: 2_000, items: 15 },
  { name: 80, detail: 200, body: 1_500, items: 8 },
  { name: 60, detail: 120, body: 1_000, items: 3 },
  { name: 40, detail: 80, body: 500, items: 0 },
];
export const ampleLimits: Limits = { name: 200, detail: 600, body: 4_000, items: 25 };

/** The first rendering that fits, else the smallest. */
export function fitting<Rendering>(
  render: (limits: Limits) => Rendering,
  fits: (rendering: Rendering) => boolean,
): Rendering {
  let rendering = render(ampleLimits);
  for (const limits of limitSteps.slice(1)) {
    if (fits(rendering)) return rendering;
    rendering = render(limits);
  }
  return rendering;
}

/** Foreign text as one well-formed line of bounded length; a dash where nothing is left. */
export function line(text: string, max: number): string {
  // Cut before cleaning too: nobody reads a name of 100 kB, and cleaning it costs.
  const some = text.length > 4 * max ? text.slice(0, 4 * max) : text;
  return cutText(cleanText(some).replace(/\s+/g, " ").trim(), max) || "–";
}

/** Foreign text of several lines, at most two empty ones in a row. */
export function paragraphs(text: string, max: number): string {
  const some = text.length > 4 * max ? text.slice(0, 4 * max) : text;
  const lines = cleanText(some)
    .replace(/[^\S\n]+/g, " ")
    .replace(/\n{3,}/g, "\n\n");
  return cutText(lines.trim(), max) || "–";
}

/** Several values as one text: each once, three at most. */
export function together(values: readonly string[]): string {
  const distinct = [...new Set(values.filter((value) => value !== ""))];
  if (distinct.length <= 3) return distinct.join(", ");
  return `${distinct.slice(0, 3).join(", ")} and ${distinct.length - 3} more`;
}

/** `1 alert`, `12 alerts`. */
export function alertsText(count: number): string {
  return count === 1 ? "1 alert" : `${count.toLocaleString("en")} alerts`;
}
