import { createHmac } from "node:crypto";
import type { Mail } from "@/platform/mail";
import type { OutResult } from "@/platform/out";
import { type ChannelConfig, maskedAddress } from "../channels/config";
import { judgeSlackAnswer, judgeTeamsAnswer, judgeWebhookAnswer } from "./answers";
import { email } from "./render/email";
import { type InboxRow, inboxRow } from "./render/inbox-row";
import { slackBlocks } from "./render/slack-blocks";
import { teamsCard } from "./render/teams-card";
import { connectorCard, isConnectorAddress } from "./render/teams-connector";
import { ampleLimits } from "./render/words";
import type { Sent } from "./sent";
import type { Tellable } from "./tellable";

/** What really leaves: a request, a mail, or a row of the inbox, which is written with the message's end. */
export type Outgoing =
  | {
      way: "http";
      url: string;
      headers: Record<string, string>;
      body: string;
      judge: (result: OutResult) => Sent;
    }
  | { way: "mail"; mail: Mail }
  | { way: "inbox"; row: InboxRow & { role: "viewer" | "operator" | "admin" } };

const json = { "content-type": "application/json; charset=utf-8" };

/** A message in the form of its channel, ready to leave. `now` is what a signature says. */
export function outgoingOf(config: ChannelConfig, told: Tellable, now: Date, consoleUrl: string): Outgoing {
  switch (config.kind) {
    case "teams": {
      const { url } = config;
      const connector = isConnectorAddress(url);
      const body = JSON.stringify(connector ? connectorCard(told.brief) : teamsCard(told.brief));
      return {
        way: "http",
        url,
        headers: json,
        body,
        judge: (result) => judgeTeamsAnswer(result, connector),
      };
    }
    case "slack": {
      const body = JSON.stringify(slackBlocks(told.brief));
      return { way: "http", url: config.url, headers: json, body, judge: judgeSlackAnswer };
    }
    case "webhook": {
      const body = JSON.stringify(told.webhook());
      const headers = { ...json, ...signatureOf(config.secret, told.id, body, now) };
      return { way: "http", url: config.url, headers, body, judge: judgeWebhookAnswer };
    }
    case "email": {
      const { to } = config;
      return {
        way: "mail",
        mail: email(told.brief, told.thread, { to, consoleUrl, ownSubject: told.ownSubject }),
      };
    }
    case "inbox":
      return { way: "inbox", row: { ...inboxRow(told.brief(ampleLimits), told.path), role: config.role } };
  }
}

/** HMAC-SHA256 over `timestamp.body`, the timestamp in whole seconds; the delivery's id lets a receiver see repeats. */
export function signatureOf(secret: string, id: string, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return { "x-mc-timestamp": timestamp, "x-mc-signature": `v1=${signature}`, "x-mc-delivery": id };
}

/** The request as people may see it: its address and its signature masked, all else as it leaves. */
export function shownRequest(outgoing: Outgoing): {
  summary: string;
  headers: Record<string, string>;
  body: string;
} {
  if (outgoing.way === "http") {
    const { "x-mc-signature": signature, ...headers } = outgoing.headers;
    const masked: Record<string, string> = signature ? { "x-mc-signature": `${signature.slice(0, 7)}…` } : {};
    return {
      summary: `POST ${maskedAddress(outgoing.url)}`,
      headers: { ...headers, ...masked },
      body: JSON.stringify(JSON.parse(outgoing.body), null, 2),
    };
  }
  if (outgoing.way === "mail") {
    const { to, subject, text, headers, messageId } = outgoing.mail;
    return {
      summary: `A mail in text and HTML to ${[to].flat().length} of the channel's addresses`,
      headers: { Subject: subject, ...(messageId ? { "Message-ID": messageId } : {}), ...headers },
      body: text,
    };
  }
  const { title, body, link } = outgoing.row;
  return { summary: "A message in the console's inbox", headers: {}, body: `${title}\n\n${body}\n\n${link}` };
}
