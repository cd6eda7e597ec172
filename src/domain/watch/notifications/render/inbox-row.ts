import type { Brief } from "./brief";
import { line, paragraphs } from "./words";

/** What the console's own inbox shows of a message; `link` is a path of the console. */
export type InboxRow = { title: string; body: string; link: string };

const mostItems = 5;

export function inboxRow(brief: Brief, link: string): InboxRow {
  const rows = brief.rows
    .filter(({ label }) => label === "Host" || label === "Group")
    .map(({ label, value }) => `${label}: ${value}`)
    .join(" · ");
  const lists = brief.lists.flatMap(({ heading, items, more }) => {
    const left = items.length + more - Math.min(mostItems, items.length);
    return [
      heading,
      ...items.slice(0, mostItems),
      ...(left > 0 ? [`and ${left.toLocaleString("en")} more`] : []),
    ];
  });
  return {
    title: line(`${brief.word} ${brief.title}`, 300),
    body: paragraphs([brief.lead, rows, ...lists].filter((part) => part !== "").join("\n"), 2_000),
    link,
  };
}
