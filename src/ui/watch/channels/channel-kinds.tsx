import { Hash, Inbox, type LucideIcon, Mail, MessagesSquare, Webhook } from "lucide-react";
import type { ChannelKind } from "@/contracts/watch/channel";

export interface KindLook {
  name: string;
  /** Where there is little room. */
  short: string;
  icon: LucideIcon;
  /** What arrives there, in a line. */
  says: string;
  /** A name that one would give it. */
  example: string;
  /** How its sending is promised. */
  promise: string;
  /** Its target is an address of the web, and not words. */
  isAddress: boolean;
}

/** How each kind of channel is told apart. */
export const kindLooks: Record<ChannelKind, KindLook> = {
  teams: {
    name: "Microsoft Teams",
    short: "Teams",
    icon: MessagesSquare,
    says: "A card in a Teams channel: what, since when, where, with links.",
    example: "Ops Teams",
    promise: "At least once: a lost answer may repeat a message.",
    isAddress: true,
  },
  email: {
    name: "E-mail",
    short: "E-mail",
    icon: Mail,
    says: "A message to people; all about one group of alerts stays in one thread.",
    example: "On-call mail",
    promise: "A repeat has the same Message-ID, so readers fold it.",
    isAddress: false,
  },
  slack: {
    name: "Slack",
    short: "Slack",
    icon: Hash,
    says: "A message in a Slack channel.",
    example: "#ops",
    promise: "At least once: a lost answer may repeat a message.",
    isAddress: true,
  },
  webhook: {
    name: "Webhook",
    short: "Webhook",
    icon: Webhook,
    says: "JSON to a program of yours, signed, so that it knows who speaks.",
    example: "Ticket system",
    promise: "Each message has an id: your program can drop a repeat.",
    isAddress: true,
  },
  inbox: {
    name: "Inbox",
    short: "Inbox",
    icon: Inbox,
    says: "The bell in this console, and notifications of the browser.",
    example: "Console inbox",
    promise: "Exactly once.",
    isAddress: false,
  },
};
