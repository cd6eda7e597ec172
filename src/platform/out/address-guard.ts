import ipaddr from "ipaddr.js";

/** Says whether a request to `address`, found under the name `host`, may leave. */
export type AddressGuard = (host: string, address: string) => boolean;

/**
 * Anything but a public address is refused: whoever may set a webhook must not reach the metadata service, the
 * database or a neighbour through us. `allow` (MC_OUTBOUND_ALLOW) names hosts, addresses or networks that are meant.
 * Addresses that carry an IPv4 one inside (mapped, NAT64, 6to4) are judged as what they would reach, or refused.
 */
export function createAddressGuard(allow: string[]): AddressGuard {
  const hosts = new Set(allow.map((entry) => entry.toLowerCase()));
  const networks = allow.flatMap((entry): [ipaddr.IPv4 | ipaddr.IPv6, number][] => {
    if (ipaddr.isValidCIDR(entry)) return [ipaddr.parseCIDR(entry)];
    if (!ipaddr.isValid(entry)) return [];
    const address = ipaddr.process(entry);
    return [[address, address.kind() === "ipv4" ? 32 : 128]];
  });
  return (host, text) => {
    if (!ipaddr.isValid(text)) return false;
    if (hosts.has(host.toLowerCase())) return true;
    const address = ipaddr.process(text);
    if (address.range() === "unicast") return true;
    return networks.some(([network, bits]) => {
      if (address instanceof ipaddr.IPv4 && network instanceof ipaddr.IPv4)
        return address.match(network, bits);
      if (address instanceof ipaddr.IPv6 && network instanceof ipaddr.IPv6)
        return address.match(network, bits);
      return false;
    });
  };
}
