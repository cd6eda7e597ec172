import { invalid } from "@/domain/kernel";
import type { Out } from "@/platform/out";
import type { ChannelConfig } from "./config";

type Guard = Pick<Out, "refusal">;

/**
 * Refuses an address that everything would be refused at: said while someone types it, not after the first alert was
 * given up. `path`: of the field that holds it.
 */
export function refuseAddress(out: Guard, url: string, path: string): void {
  const message = out.refusal(url);
  if (message !== null) throw invalid(message, { fields: [{ path, message }] });
}

/** The same for a channel, if it has an address. */
export function refuseUnreachable(out: Guard, config: ChannelConfig): void {
  if ("url" in config) refuseAddress(out, config.url, "config.url");
}
