import type { ChannelTemplate } from "@/contracts/watch/channel";
import { type Message, onlyAlert } from "../message";
import type { Brief } from "./brief";
import { briefOfMany } from "./brief-of-many";
import { briefOfOne } from "./brief-of-one";
import { placeValues } from "./place-values";
import { fillTemplate } from "./template";
import { type Limits, line, paragraphs } from "./words";

/** The message in our words, or, where it has a template, in the channel's. */
export function briefOf(
  message: Message,
  template: ChannelTemplate | null,
  consoleUrl: string,
  limits: Limits,
): Brief {
  const one = onlyAlert(message);
  const own = one ? briefOfOne(message, one, consoleUrl, limits) : briefOfMany(message, consoleUrl, limits);
  if (!template?.title && !template?.body) return own;
  const values = placeValues(message, own);
  const title = template.title ? { word: "", title: line(fillTemplate(template.title, values), 300) } : {};
  const body = template.body
    ? { lead: paragraphs(fillTemplate(template.body, values), limits.body), rows: [], lists: [] }
    : {};
  return { ...own, ...title, ...body };
}

/** What "send a test" says. */
export function testBrief(
  test: { channel: string; by: string; at: string; consoleUrl: string },
  limits: Limits,
): Brief {
  return {
    word: "Test",
    tone: "test",
    title: "Mission Control can reach this channel",
    lead: "Nothing is wrong: somebody wanted to see that alerts would arrive here.",
    rows: [
      { label: "Channel", value: line(test.channel, limits.name) },
      { label: "Sent by", value: line(test.by, limits.name) },
      { label: "At", value: test.at },
    ],
    lists: [],
    links: [{ title: "Open Mission Control", url: `${test.consoleUrl}/` }],
  };
}
