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

/** The envelope around a card. */
export type TeamsMessage = {
  type: "message";
  attachments: { contentType: "application/vnd.microsoft.card.adaptive"; contentUrl: null; content: Card }[];
};

/**
 * Text for a card: without the `{{DATE(…)}}` functions that clients would compute. Texts stand in TextRuns, which take
 * no Markdown: a name shows as it is, whatever is in it.
 */
export function cardText(text: string): string {
  return text.replace(/\{\{(?=\s*(?:DATE|TIME))/gi, "{\u200b{");
}

const weight = "Bolder";

/** A coloured word and the title; without a word the title has the colour. */
export function heading(word: string, color: string, text: string): RichText {
  const run = (said: string): Run => ({ type: "TextRun", text: cardText(said), weight, size: "Large" });
  const inlines = word === "" ? [{ ...run(text), color }] : [{ ...run(`${word} `), color }, run(text)];
  return { type: "RichTextBlock", inlines };
}

export function paragraph(text: string): RichText {
  return {
    type: "RichTextBlock",
    spacing: "Small",
    inlines: [{ type: "TextRun", text: cardText(text), isSubtle: true }],
  };
}

/** The head of a list, and one of its entries. */
export function subheading(text: string): RichText {
  return { type: "RichTextBlock", inlines: [{ type: "TextRun", text: cardText(text), weight }] };
}
export function entry(text: string): RichText {
  return {
    type: "RichTextBlock",
    spacing: "None",
    inlines: [{ type: "TextRun", text: cardText(`• ${text}`) }],
  };
}

/** A label and its value, side by side; the label's width is fixed so that values stand in line. */
export function row(label: string, value: string): Columns {
  const block = (run: Run): RichText => ({ type: "RichTextBlock", inlines: [run] });
  return {
    type: "ColumnSet",
    spacing: "Small",
    columns: [
      {
        type: "Column",
        width: "90px",
        items: [block({ type: "TextRun", text: cardText(label), isSubtle: true })],
      },
      { type: "Column", width: "stretch", items: [block({ type: "TextRun", text: cardText(value) })] },
    ],
  };
}

/** The message that Teams Workflows take. `fallbackText`: what a notification shows. */
export function envelope(fallbackText: string, body: CardElement[], actions: Card["actions"]): TeamsMessage {
  const content: Card = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    fallbackText: cardText(fallbackText),
    msteams: { width: "Full" },
    body,
    actions,
  };
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
  };
}
