import type { Brief } from "./brief";
import { cardText } from "./card-elements";
import { mostTeamsBytes } from "./teams-card";
import { fitting, type Limits } from "./words";

/** The card of the old Office 365 connectors, as far as we use it. */
export type ConnectorCard = {
  "@type": "MessageCard";
  "@context": "http://schema.org/extensions";
  summary: string;
  themeColor: string;
  sections: {
    activityTitle?: string;
    text?: string;
    markdown: false;
    facts?: { name: string; value: string }[];
  }[];
  potentialAction: { "@type": "OpenUri"; name: string; targets: { os: "default"; uri: string }[] }[];
};

const themeOf: Record<Brief["tone"], string> = {
  critical: "C4314B",
  warning: "C19C00",
  info: "6264A7",
  good: "498205",
  test: "6264A7",
};

/** Whether an address belongs to an old connector: these know no Adaptive Cards, and answer 200 with `1`. */
export function isConnectorAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, pathname } = new URL(address);
  return (
    /(^|\.)webhook\.office(365)?\.com$|^outlook\.office(365)?\.com$/i.test(hostname) ||
    /\/IncomingWebhook\//i.test(pathname)
  );
}

/** A MessageCard within Teams' size. It is shown as HTML, Markdown switched off: signs of markup are escaped. */
export function connectorCard(briefOf: (limits: Limits) => Brief): ConnectorCard {
  return fitting(
    (limits) => card(briefOf(limits)),
    (message) => Buffer.byteLength(JSON.stringify(message)) <= mostTeamsBytes,
  );
}

function card(brief: Brief): ConnectorCard {
  const title = `${brief.word} ${brief.title}`.trim();
  const facts = brief.rows.map(({ label, value }) => ({ name: escaped(label), value: escaped(value) }));
  return {
    "@type": "MessageCard",
    "@context": "http://schema.org/extensions",
    summary: escaped(title),
    themeColor: themeOf[brief.tone],
    sections: [
      {
        activityTitle: `<b>${escaped(title)}</b>`,
        text: escaped(brief.lead).replaceAll("\n", "<br>"),
        markdown: false,
        ...(facts.length > 0 ? { facts } : {}),
      },
      ...brief.lists.map(({ heading, items, more }) => ({
        text: [
          `<b>${escaped(heading)}</b>`,
          ...items.map(escaped),
          ...(more > 0 ? [`and ${more.toLocaleString("en")} more`] : []),
        ].join("<br>"),
        markdown: false as const,
      })),
    ],
    potentialAction: brief.links.map(({ title: name, url }) => ({
      "@type": "OpenUri",
      name,
      targets: [{ os: "default", uri: url }],
    })),
  };
}

function escaped(text: string): string {
  return cardText(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
