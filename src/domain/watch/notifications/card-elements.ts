import { cleanText, cutText } from "@/contracts/kernel/text";

/** Parts of an Adaptive Card 1.4 that we use. */
type Run = {
  type: "TextRun";
  text: string;
  weight?: "Bolder";
  isSubtle?: true;
  color?: string;
  size?: "Large";
};
type RichText = { type: "RichTextBlock"; inlines: Run[]; spacing?: "None" | "Small" };
type Column = { type: "Column"; width: string; items: RichText[] };
type Columns = { type: "ColumnSet"; spacing: "Small"; columns: Column[] };
export type CardElement = RichText | Columns;

export type Card = {
  $schema: string;
  type: "AdaptiveCard";
  version: "1.4";
  fallbackText: string;
  msteams: { width: "Full" };
  body: CardElement[];
  actions: { type: "Action.OpenUrl"; title: string; url: string }[];
};

/** The envelope that Teams Workflows and old connectors take. */
export type TeamsMessage = {
  type: "message";
  attachments: { contentType: "application/vnd.microsoft.card.adaptive"; contentUrl: null; content: Card }[];
};

/**
 * Foreign text for a card: well-formed, one line, of bounded length, and without the `{{DATE(…)}}` functions that
 * clients would compute. Texts stand in TextRuns, which take no Markdown: a name shows as it is, whatever is in it.
 */
export function cardText(text: string, max: number): string {
  const line = cleanText(text).replace(/\s+/g, " ").trim();
  return cutText(line, max).replace(/\{\{(?=\s*(?:DATE|TIME))/gi, "{\u200b{") || "–";
}

export function heading(word: string, color: string, text: string): RichText {
  return {
    type: "RichTextBlock",
    inlines: [
      { type: "TextRun", text: `${word} `, weight: "Bolder", size: "Large", color },
      { type: "TextRun", text, weight: "Bolder", size: "Large" },
    ],
  };
}

export function paragraph(text: string): RichText {
  return { type: "RichTextBlock", spacing: "Small", inlines: [{ type: "TextRun", text, isSubtle: true }] };
}

/** A label and its value, side by side; the label's width is fixed so that values stand in line. */
export function row(label: string, value: string): Columns {
  const block = (run: Run): RichText => ({ type: "RichTextBlock", inlines: [run] });
  return {
    type: "ColumnSet",
    spacing: "Small",
    columns: [
      { type: "Column", width: "90px", items: [block({ type: "TextRun", text: label, isSubtle: true })] },
      { type: "Column", width: "stretch", items: [block({ type: "TextRun", text: value })] },
    ],
  };
}

export function envelope(
  fallbackText: string,
  body: CardElement[],
  title: string,
  url: string,
): TeamsMessage {
  const content: Card = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    fallbackText,
    msteams: { width: "Full" },
    body,
    actions: [{ type: "Action.OpenUrl", title, url }],
  };
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
  };
}
