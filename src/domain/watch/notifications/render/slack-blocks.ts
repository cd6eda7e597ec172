import { cutText } from "@/contracts/kernel/text";
import type { Brief } from "./brief";
import { ampleLimits, type Limits } from "./words";

type Plain = { type: "plain_text"; text: string; emoji: false };
type Mrkdwn = { type: "mrkdwn"; text: string };
type Block =
  | { type: "header"; text: Plain }
  | { type: "section"; text: Plain | Mrkdwn }
  | { type: "section"; fields: (Plain | Mrkdwn)[] };
/** `text` is what a phone's notification shows. */
export type SlackMessage = { text: string; blocks: Block[] };

/** Slack's own limits, in characters after escaping. */
export const slackLimits = { header: 150, section: 3_000, field: 2_000, fields: 10, blocks: 50 } as const;

/**
 * Blocks of Slack. Whatever people or programs named stands in `plain_text`, which takes no formatting; `&`, `<` and
 * `>` are escaped all the same, as Slack asks, so that a name can't call `<!channel>`.
 */
export function slackBlocks(briefOf: (limits: Limits) => Brief): SlackMessage {
  const brief = briefOf(ampleLimits);
  const title = `${markOf[brief.tone]} ${`${brief.word} ${brief.title}`.trim()}`;
  const blocks: Block[] = [
    { type: "header", text: plain(title, slackLimits.header) },
    { type: "section", text: plain(brief.lead, slackLimits.section) },
    ...fieldsOf(brief.rows),
    ...brief.lists.map((list): Block => ({ type: "section", text: listOf(list) })),
    { type: "section", text: { type: "mrkdwn", text: linksOf(brief.links) } },
  ];
  return {
    text: escapedSlack(`${title}: ${brief.lead}`, 300),
    blocks: blocks.slice(0, slackLimits.blocks),
  };
}

/** A colour that Slack shows in a header as it does elsewhere. */
const markOf: Record<Brief["tone"], string> = {
  critical: "🔴",
  warning: "🟠",
  info: "🔵",
  good: "🟢",
  test: "⚪",
};

/** Label and value side by side, five pairs a section. */
function fieldsOf(rows: Brief["rows"]): Block[] {
  const pairs = rows.map(({ label, value }): (Plain | Mrkdwn)[] => [
    { type: "mrkdwn", text: `*${escapedSlack(label.replace(/[*_~`]/g, ""), 100)}*` },
    plain(value, slackLimits.field),
  ]);
  const perSection = slackLimits.fields / 2;
  return Array.from({ length: Math.ceil(pairs.length / perSection) }, (_, index) => ({
    type: "section",
    fields: pairs.slice(index * perSection, (index + 1) * perSection).flat(),
  }));
}

/** As many entries as fit into a section, the others counted. */
function listOf({ heading, items, more }: Brief["lists"][number]): Plain {
  const room = slackLimits.section - 40;
  const lines = [escapedSlack(heading, 200)];
  let length = lines.join("\n").length;
  let left = more;
  for (const item of items) {
    const text = `• ${escapedSlack(item, 700)}`;
    if (length + 1 + text.length > room) left += 1;
    else {
      lines.push(text);
      length += 1 + text.length;
    }
  }
  if (left > 0) lines.push(`and ${left.toLocaleString("en")} more`);
  return { type: "plain_text", text: lines.join("\n"), emoji: false };
}

/** Links as text: buttons would have Slack ask us back, which a webhook has no door for. */
function linksOf(links: Brief["links"]): string {
  const whole = links.map(({ title, url }) => {
    const address = url.replaceAll("|", "%7C").replaceAll("<", "%3C").replaceAll(">", "%3E");
    return `<${address.replaceAll("&", "&amp;")}|${escapedSlack(title, 100)}>`;
  });
  const fitting = whole.filter(
    (_, index) => whole.slice(0, index + 1).join("  ·  ").length <= slackLimits.section,
  );
  return fitting.join("  ·  ") || "–";
}

function plain(text: string, max: number): Plain {
  return { type: "plain_text", text: escapedSlack(text, max) || "–", emoji: false };
}

/** Escaped, and then at most `max` characters: cut between characters, never inside an escape. */
export function escapedSlack(text: string, max: number): string {
  const signs = (some: string) =>
    some.replace(/[&<>]/g, (sign) => (sign === "&" ? "&amp;" : sign === "<" ? "&lt;" : "&gt;"));
  let room = max;
  for (;;) {
    const escaped = signs(cutText(text, room));
    if (escaped.length <= max) return escaped;
    room -= Math.max(1, Math.ceil((escaped.length - max) / 5));
  }
}
