import { z } from "zod";
import type { Sealer } from "@/platform/crypto";

const purpose = "channel";
const configSchema = z.object({ url: z.string() });

/** What a webhook channel needs to send. The address is a credential: it is stored sealed and never told. */
export type ChannelConfig = z.infer<typeof configSchema>;

export function sealConfig(sealer: Sealer, config: ChannelConfig): string {
  return sealer.seal(JSON.stringify(config), purpose);
}

/** Throws when the installation's secret is not the one that sealed it. */
export function openConfig(sealer: Sealer, sealed: string): ChannelConfig {
  return configSchema.parse(JSON.parse(sealer.open(sealed, purpose)));
}

/** Scheme, host and the last four characters of an address. A short one shows none of them. */
export function maskedTarget(address: string): string {
  const url = new URL(address);
  const secret = `${url.pathname}${url.search}`;
  return `${url.protocol}//${url.host}/…${secret.length > 12 ? secret.slice(-4) : ""}`;
}
