import { cleanText, cutText } from "@/contracts/kernel/text";

/** A mail to one person, or to several who see of each other, in words that any program can show. */
export type Mail = {
  to: string | string[];
  subject: string;
  text: string;
  html: string;
  /** With its brackets; made by the mailer unless given. */
  messageId?: string;
  inReplyTo?: string;
  references?: string[];
  headers?: Record<string, string>;
};

/** What a mail says; `letter` makes both forms of it. */
export type Letter = {
  to: string;
  subject: string;
  paragraphs: string[];
  /** The one thing to do. The address is shown as text as well: some programs show no links. */
  link?: { words: string; url: string };
  /** Quiet words at the end. */
  foot: string;
};

/** Nothing that somebody typed may begin a new header, or reorder what a reader sees. */
export function headerText(text: string): string {
  return cutText(cleanText(text).replace(/\s+/g, " ").trim(), 200);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Text and HTML of a letter. What people typed comes in as text and stays text. */
export function letter({ to, subject, paragraphs, link, foot }: Letter): Mail {
  const clean = paragraphs.map((paragraph) => headerText(paragraph));
  const text = [...clean, ...(link ? [`${link.words}:\n${link.url}`] : []), "-- ", foot].join("\n\n");
  const lines = clean.map((paragraph) => `<p style="margin:0 0 14px">${escapeHtml(paragraph)}</p>`);
  if (link) {
    const url = escapeHtml(link.url);
    lines.push(
      `<p style="margin:22px 0"><a href="${url}" style="background:#18181b;color:#ffffff;border-radius:6px;padding:10px 18px;text-decoration:none;display:inline-block">${escapeHtml(link.words)}</a></p>`,
      `<p style="margin:0 0 14px;font-size:12px;color:#52525b">If the button does nothing, open this address:<br><span style="word-break:break-all">${url}</span></p>`,
    );
  }
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width"></head>',
    '<body style="margin:0;padding:32px 20px;background:#ffffff;color:#18181b;font:15px/22px system-ui,sans-serif">',
    '<div style="max-width:520px;margin:0 auto"><p style="margin:0 0 22px;font-weight:600">Mission Control</p>',
    ...lines,
    `<p style="margin:26px 0 0;font-size:12px;color:#52525b">${escapeHtml(foot)}</p>`,
    "</div></body></html>",
  ].join("\n");
  return { to, subject: headerText(subject), text, html };
}
