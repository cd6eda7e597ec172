import type { Severity } from "@/contracts/watch/rule";
import { type Message, onlyAlert } from "../message";

/** What a message says, in plain text and in order, before a channel gives it a form and escapes it. */
export type Brief = {
  /** One or two words before the title; empty when the title is the channel's own. */
  word: string;
  tone: Severity | "good" | "test";
  title: string;
  /** A sentence, or the channel's own body. */
  lead: string;
  rows: { label: string; value: string }[];
  /** Alerts by name; `more`: how many are not named. */
  lists: { heading: string; items: string[]; more: number }[];
  /** The first one opens the console. */
  links: { title: string; url: string }[];
};

/** Path of the page that shows what a message is about. */
export function pathOf(message: Message): string {
  const one = onlyAlert(message);
  return one ? `/alerts/${encodeURIComponent(one.alert.id.toWellFormed())}` : "/alerts";
}
