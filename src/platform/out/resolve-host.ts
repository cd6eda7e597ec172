import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { AddressGuard } from "./address-guard";

/** An address that passed the guard; the connection goes to it and to nothing that a second lookup might say. */
export type CheckedAddress = { address: string; family: 4 | 6 };

/**
 * Addresses of `host` that may be reached; an empty list means that all of them are refused. Rejects when the name
 * is unknown. Resolved once per request, so that a name can't answer differently after the check.
 */
export async function resolveHost(host: string, mayReach: AddressGuard): Promise<CheckedAddress[]> {
  const family = isIP(host);
  const found = family ? [{ address: host, family }] : await lookup(host, { all: true });
  return found
    .filter(({ address }) => mayReach(host, address))
    .map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}
