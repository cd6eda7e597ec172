import type { Brief } from "./brief";

const toneOf: Record<Brief["tone"], string> = {
  critical: "#dc2626",
  warning: "#d97706",
  info: "#2563eb",
  good: "#16a34a",
  test: "#2563eb",
};

/** Programs that know dark mode take these; others keep the light colours that stand at the elements. */
const darkStyle = [
  ":root{color-scheme:light dark;supported-color-schemes:light dark}",
  "@media (prefers-color-scheme:dark){",
  ".mc-page{background:#18181b!important;color:#f4f4f5!important}",
  ".mc-quiet{color:#a1a1aa!important}",
  ".mc-line{border-color:#3f3f46!important}",
  ".mc-button{background:#f4f4f5!important;color:#18181b!important}}",
].join("");

/** The mail as HTML. All text is escaped; nothing is loaded from anywhere. */
export function emailHtml(brief: Brief, title: string): string {
  const tone = toneOf[brief.tone];
  const quiet = 'class="mc-quiet" style="color:#52525b"';
  const cell = "padding:3px 14px 3px 0;vertical-align:top;text-align:left;font-weight:400";
  const rows = brief.rows.map(
    ({ label, value }) =>
      `<tr><th scope="row" class="mc-quiet" style="${cell};color:#52525b;white-space:nowrap">${escapeHtml(label)}</th>` +
      `<td style="${cell};word-break:break-word">${multiline(value)}</td></tr>`,
  );
  const lists = brief.lists.map(({ heading, items, more }) => {
    const entries = [...items, ...(more > 0 ? [`and ${more.toLocaleString("en")} more`] : [])];
    return (
      `<p style="margin:18px 0 6px;font-weight:600">${escapeHtml(heading)}</p><ul style="margin:0;padding-left:20px">` +
      `${entries.map((entry) => `<li style="word-break:break-word">${escapeHtml(entry)}</li>`).join("")}</ul>`
    );
  });
  const [first, ...others] = brief.links;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<style>${darkStyle}</style></head>`,
    '<body class="mc-page" style="margin:0;padding:24px 16px;background:#ffffff;color:#18181b;font:15px/22px system-ui,sans-serif">',
    `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(`${title}: ${brief.lead}`.slice(0, 150).toWellFormed())}</div>`,
    `<div class="mc-line" style="max-width:600px;margin:0 auto;border:1px solid #e4e4e7;border-left:4px solid ${tone};border-radius:6px;padding:18px 20px">`,
    `<h1 style="margin:0 0 8px;font-size:19px;line-height:26px;word-break:break-word">${headingOf(brief, tone)}</h1>`,
    `<p style="margin:0 0 14px;word-break:break-word">${multiline(brief.lead)}</p>`,
    rows.length > 0
      ? `<table role="presentation" style="border-collapse:collapse">${rows.join("")}</table>`
      : "",
    ...lists,
    first
      ? `<p style="margin:20px 0 8px"><a class="mc-button" href="${escapeHtml(first.url)}" style="background:#18181b;color:#ffffff;border-radius:6px;padding:10px 18px;text-decoration:none;display:inline-block">${escapeHtml(first.title)}</a></p>`
      : "",
    others.length > 0 ? `<p style="margin:8px 0 0">${others.map(linkOf).join(" &nbsp;·&nbsp; ")}</p>` : "",
    `</div><p ${quiet}><small>Mission Control, by itself. Answers to this mail are not read.</small></p></body></html>`,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function headingOf({ word, title }: Brief, tone: string): string {
  return word === ""
    ? `<span style="color:${tone}">${escapeHtml(title)}</span>`
    : `<span style="color:${tone}">${escapeHtml(word)}</span> ${escapeHtml(title)}`;
}

function linkOf({ title, url }: Brief["links"][number]): string {
  return `<a href="${escapeHtml(url)}" style="color:inherit">${escapeHtml(title)}</a>`;
}

function multiline(text: string): string {
  return escapeHtml(text).replaceAll("\n", "<br>");
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
