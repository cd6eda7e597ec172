import { createHash } from "node:crypto";
import type { Mail } from "@/platform/mail";
import type { Brief } from "./brief";
import { emailHtml } from "./email-html";
import { ampleLimits, type Limits, line } from "./words";

/** Where a mail belongs: `id` is the message's, `first` that of the group's first one to this channel. */
export type Thread = { id: string; first: string; firstTitle: string };

/**
 * A mail in text and HTML. Its Message-ID is the message's own, so that a repeat after a crash is folded by readers;
 * it refers to the group's first mail and has its subject, so that programs show one thread a group.
 */
export function email(
  briefOf: (limits: Limits) => Brief,
  thread: Thread,
  { to, consoleUrl, ownSubject }: { to: string[]; consoleUrl: string; ownSubject: boolean },
): Mail {
  const brief = briefOf(ampleLimits);
  const title = `${brief.word} ${brief.title}`.trim();
  const follows = thread.first !== thread.id;
  const subject = ownSubject ? title : `[Mission Control] ${line(thread.firstTitle, 150)}`;
  const messageId = messageIdOf(thread.id, consoleUrl);
  const first = messageIdOf(thread.first, consoleUrl);
  return {
    to,
    subject: follows && !ownSubject ? `Re: ${subject}` : subject,
    text: textOf(brief, title),
    html: emailHtml(brief, title),
    messageId,
    ...(follows ? { inReplyTo: first, references: [first] } : {}),
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "X-MC-Delivery": thread.id,
      ...(brief.tone === "critical" ? { Importance: "high" } : {}),
    },
  };
}

/** `<id@host of the console>`: the same at each try. */
export function messageIdOf(id: string, consoleUrl: string): string {
  const host = URL.canParse(consoleUrl) ? new URL(consoleUrl).hostname.replace(/[^A-Za-z0-9.-]/g, "-") : "";
  const left = /^[\w.-]{1,64}$/.test(id) ? id : createHash("sha256").update(id).digest("hex");
  return `<${left}@${host || "mission-control"}>`;
}

function textOf(brief: Brief, title: string): string {
  const width = Math.max(0, ...brief.rows.map(({ label }) => label.length)) + 2;
  const rows = brief.rows.map(({ label, value }) => `${`${label}:`.padEnd(width)} ${value}`);
  const lists = brief.lists.map(({ heading, items, more }) =>
    [
      heading,
      ...items.map((item) => `- ${item}`),
      ...(more > 0 ? [`- and ${more.toLocaleString("en")} more`] : []),
    ].join("\n"),
  );
  const links = brief.links.map(({ title: words, url }) => `${words}:\n${url}`);
  return [title, brief.lead, rows.join("\n"), ...lists, ...links, "-- ", "Mission Control, by itself."]
    .filter((part) => part !== "")
    .join("\n\n");
}
