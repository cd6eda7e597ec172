import type { ChannelTemplate } from "@/contracts/watch/channel";
import { utcText } from "../duration-text";
import type { Message } from "./message";
import { type Brief, pathOf } from "./render/brief";
import { briefOf, testBrief } from "./render/brief-message";
import type { Thread } from "./render/email";
import { type WebhookBody, webhookBody } from "./render/webhook-body";
import type { Limits } from "./render/words";

/** A message as every channel can form it: its words within given limits, and what single channels need besides. */
export type Tellable = {
  id: string;
  brief: (limits: Limits) => Brief;
  thread: Thread;
  /** The title is the channel's own, so it is the mail's subject too. */
  ownSubject: boolean;
  /** Path of the console's page about it. */
  path: string;
  event: Message["event"];
  severity: Message["severity"];
  webhook: () => WebhookBody;
};

export function tellableOf(message: Message, template: ChannelTemplate | null, consoleUrl: string): Tellable {
  const brief = (limits: Limits) => briefOf(message, template, consoleUrl, limits);
  return {
    id: message.id,
    brief,
    thread: { id: message.id, first: message.thread.id, firstTitle: message.thread.title },
    ownSubject: Boolean(template?.title),
    path: pathOf(message),
    event: message.event,
    severity: message.severity,
    webhook: () => webhookBody(message, brief),
  };
}

/** What "send a test" sends. */
export function tellableTest(test: {
  id: string;
  channel: { id: string; name: string };
  by: string;
  at: Date;
  consoleUrl: string;
}): Tellable {
  const { id, channel, by, at, consoleUrl } = test;
  const brief = (limits: Limits) =>
    testBrief({ channel: channel.name, by, at: utcText(at), consoleUrl }, limits);
  return {
    id,
    brief,
    thread: { id, first: id, firstTitle: "Test" },
    ownSubject: false,
    path: "/",
    event: "firing",
    severity: "info",
    webhook: () => ({
      version: 1,
      id,
      event: "test",
      at: at.toISOString(),
      title: "Test: Mission Control can reach this channel",
      text: "Nothing is wrong: somebody wanted to see that alerts would arrive here.",
      severity: "info",
      group: { id: null, labels: {} },
      channel,
      counts: { firing: 0, resolved: 0, still: 0 },
      alerts: { firing: [], resolved: [], still: [] },
      links: [{ title: "Open Mission Control", url: `${consoleUrl}/` }],
    }),
  };
}
