import { z } from "zod";
import type { Channel, ChannelTemplate, NewChannel } from "@/contracts/watch/channel";
import { channelKinds, webhookUrlSchema } from "@/contracts/watch/channel";

/** What is typed for a channel of any kind; fields of other kinds stay as they are and are not sent. */
export interface ChannelTyped {
  kind: Channel["kind"];
  name: string;
  url: string;
  /** Addresses, one a line or with commas between. */
  to: string;
  /** Of a webhook; empty: one is made and shown once. */
  secret: string;
  role: "viewer" | "operator" | "admin";
  /** Empty: only the service's own bound. */
  perMinute: string;
  title: string;
  body: string;
}

export function typedOf(channel?: Channel): ChannelTyped {
  return {
    kind: channel?.kind ?? "teams",
    name: channel?.name ?? "",
    url: "",
    to: "",
    secret: "",
    role: "viewer",
    perMinute: channel?.perMinute ? String(channel.perMinute) : "",
    title: channel?.template?.title ?? "",
    body: channel?.template?.body ?? "",
  };
}

/** The addresses in a text: one a line, or with commas, semicolons or spaces between. */
export function addressesOf(text: string): string[] {
  return text.split(/[\s,;]+/u).filter(Boolean);
}

/** What is wrong with what was typed, as sentences. `changing`: what is left empty stays as it is. */
export function channelFormSchema(changing: boolean) {
  return z
    .object({
      kind: z.enum(channelKinds),
      name: z.string().trim().min(1, "Give it a name.").max(80, "Use at most 80 characters."),
      url: z.string().trim(),
      to: z.string(),
      secret: z.string().trim(),
      role: z.enum(["viewer", "operator", "admin"]),
      perMinute: z.string().trim(),
      title: z.string().max(300, "Use at most 300 characters."),
      body: z.string().max(4_000, "Use at most 4,000 characters."),
    })
    .superRefine(({ kind, url, to, secret, perMinute }, context) => {
      const say = (path: string, message: string) =>
        context.addIssue({ code: "custom", path: [path], message });
      const hasUrl = kind === "teams" || kind === "slack" || kind === "webhook";
      if (hasUrl && !(changing && url === "") && !webhookUrlSchema.safeParse(url).success) {
        say("url", "Paste the whole address, it begins with https://");
      }
      if (kind === "email" && !(changing && to.trim() === "")) {
        const bad = addressesOf(to).find((address) => !z.email().safeParse(address).success);
        if (bad) say("to", `${bad} is no e-mail address.`);
        else if (addressesOf(to).length === 0) say("to", "Give at least one address.");
        else if (addressesOf(to).length > 50) say("to", "Give at most 50 addresses.");
      }
      if (kind === "webhook" && secret !== "" && secret.length < 16) {
        say("secret", "Use at least 16 characters, or leave it empty: then one is made.");
      }
      if (kind === "webhook" && changing && secret !== "" && url === "") {
        say("url", "Paste the address again: it is stored sealed together with the secret.");
      }
      const rate = Number(perMinute);
      if (perMinute !== "" && !(Number.isInteger(rate) && rate >= 1 && rate <= 240)) {
        say("perMinute", "Use a whole number from 1 to 240, or leave it empty.");
      }
    });
}

/** Own words of a channel; null where none were typed. */
export function templateOf({ title, body }: Pick<ChannelTyped, "title" | "body">): ChannelTemplate | null {
  if (title.trim() === "" && body.trim() === "") return null;
  return { title: title.trim() || null, body: body.trim() || null };
}

const rateOf = ({ perMinute }: ChannelTyped) => (perMinute.trim() === "" ? null : Number(perMinute));

/** As the server takes a new one. */
export function newChannelOf(typed: ChannelTyped): NewChannel {
  const common = { name: typed.name.trim(), template: templateOf(typed), perMinute: rateOf(typed) };
  const url = typed.url.trim();
  switch (typed.kind) {
    case "teams":
      return { kind: "teams", config: { url }, ...common };
    case "slack":
      return { kind: "slack", config: { url }, ...common };
    case "email":
      return { kind: "email", config: { to: addressesOf(typed.to) }, ...common };
    case "webhook": {
      const secret = typed.secret.trim();
      return { kind: "webhook", config: { url, ...(secret ? { secret } : {}) }, ...common };
    }
    case "inbox":
      return { kind: "inbox", config: { role: typed.role }, ...common };
  }
}

/** As the server takes a change: settings only where new ones were typed. `roleTouched`: the inbox's readers were picked. */
export function channelChangeOf(typed: ChannelTyped, roleTouched: boolean) {
  const { config, kind: _, ...words } = newChannelOf(typed);
  const typedNew =
    typed.kind === "inbox"
      ? roleTouched
      : typed.kind === "email"
        ? typed.to.trim() !== ""
        : typed.url.trim() !== "";
  return { ...words, ...(typedNew ? { config: config as Record<string, unknown> } : {}) };
}
