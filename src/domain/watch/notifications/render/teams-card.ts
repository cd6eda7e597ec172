import type { Brief } from "./brief";
import {
  type CardElement,
  entry,
  envelope,
  heading,
  paragraph,
  row,
  subheading,
  type TeamsMessage,
} from "./card-elements";
import { fitting, type Limits } from "./words";

/** Teams refuses messages of more than 28 KB; some room is left for what services on the way add. */
export const mostTeamsBytes = 27 * 1_024;
const mostLines = 40;

const colorOf: Record<Brief["tone"], string> = {
  critical: "Attention",
  warning: "Warning",
  info: "Accent",
  good: "Good",
  test: "Accent",
};

/** An Adaptive Card 1.4 within Teams' size, whatever the names: lists and texts get shorter until it fits. */
export function teamsCard(briefOf: (limits: Limits) => Brief): TeamsMessage {
  return fitting(
    (limits) => card(briefOf(limits)),
    (message) => Buffer.byteLength(JSON.stringify(message)) <= mostTeamsBytes,
  );
}

function card(brief: Brief): TeamsMessage {
  const body: CardElement[] = [
    heading(brief.word, colorOf[brief.tone], brief.title),
    ...linesOf(brief.lead).map(paragraph),
    ...brief.rows.map(({ label, value }) => row(label, value)),
    ...brief.lists.flatMap(({ heading: head, items, more }) => [
      subheading(head),
      ...items.map(entry),
      ...(more > 0 ? [entry(`and ${more.toLocaleString("en")} more`)] : []),
    ]),
  ];
  const actions = brief.links.map(({ title, url }) => ({ type: "Action.OpenUrl" as const, title, url }));
  return envelope(`${brief.word} ${brief.title}: ${brief.lead}`.trim(), body, actions);
}

/** Lines of a body, each a block of its own; what is beyond the last one goes with it. */
function linesOf(text: string): string[] {
  const lines = text.split("\n").filter((one) => one.trim() !== "");
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines - 1), lines.slice(mostLines - 1).join(" ")];
}
