import { invalid } from "@/domain/kernel";
import type { Out } from "@/platform/out";
import type { ChannelConfig } from "./config";

/**
 * Refuses an address that every message would be refused at: said while someone types it, not after the first alert
 * was given up.
 */
export function refuseUnreachable(out: Pick<Out, "refusal">, config: ChannelConfig): void {
  const message = "url" in config ? out.refusal(config.url) : null;
  if (message !== null) throw invalid(message, { fields: [{ path: "config.url", message }] });
}
