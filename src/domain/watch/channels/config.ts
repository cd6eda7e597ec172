import { z } from "zod";
import type { ChannelKind } from "@/contracts/watch/channel";
import type { Sealer } from "@/platform/crypto";

const purpose = "channel";
const storedSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("teams"), url: z.string() }),
  z.object({ kind: z.literal("slack"), url: z.string() }),
  z.object({ kind: z.literal("email"), to: z.array(z.string()) }),
  z.object({ kind: z.literal("webhook"), url: z.string(), secret: z.string() }),
  z.object({ kind: z.literal("inbox"), role: z.enum(["viewer", "operator", "admin"]) }),
]);

/** What a channel needs to send, by kind. Addresses and secrets are credentials: stored sealed and never told. */
export type ChannelConfig = z.infer<typeof storedSchema>;

export function sealConfig(sealer: Sealer, { kind: _, ...config }: ChannelConfig): string {
  return sealer.seal(JSON.stringify(config), purpose);
}

/** What is left of a deleted channel's settings: nothing. */
export function sealNothing(sealer: Sealer): string {
  return sealer.seal("{}", purpose);
}

/** Throws when the installation's secret is not the one that sealed it. */
export function openConfig(sealer: Sealer, kind: ChannelKind, sealed: string): ChannelConfig {
  return storedSchema.parse({ ...JSON.parse(sealer.open(sealed, purpose)), kind });
}

/**
 * Enough to recognise a channel by, useless to send with: scheme, host and the last four characters of an address (a
 * short one shows none of them), how many people at which hosts, or who reads the inbox.
 */
export function maskedTarget(config: ChannelConfig): string {
  if (config.kind === "inbox") return readersOf[config.role];
  if (config.kind === "email") {
    const hosts = [...new Set(config.to.map((address) => address.slice(address.lastIndexOf("@") + 1)))];
    const shown = hosts.length > 3 ? [...hosts.slice(0, 3), `${hosts.length - 3} more`] : hosts;
    return `${config.to.length} ${config.to.length === 1 ? "address" : "addresses"} at ${shown.join(", ")}`;
  }
  return maskedAddress(config.url);
}

const readersOf = {
  viewer: "everybody",
  operator: "operators and admins",
  admin: "admins",
} as const;

/** The settings of an inbox as its target tells them, which is all that there is to them; null when it tells nothing. */
export function inboxByTarget(target: string): ChannelConfig | null {
  const roles = ["viewer", "operator", "admin"] as const;
  const role = roles.find((one) => readersOf[one] === target);
  return role ? { kind: "inbox", role } : null;
}

export function maskedAddress(address: string): string {
  const url = new URL(address);
  const secret = `${url.pathname}${url.search}`;
  return `${url.protocol}//${url.host}/…${secret.length > 12 ? secret.slice(-4) : ""}`;
}
