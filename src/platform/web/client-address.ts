import type { IncomingMessage } from "node:http";
import { type BlockList, isIP } from "node:net";

export type Asked = Pick<IncomingMessage, "headers" | "socket">;

/**
 * Address of who asks. `X-Forwarded-For` is read from its end, and only as far as each hop was written down by a
 * proxy that is trusted: what stands before that, anybody could have sent. null when the connection is gone already.
 */
export function clientAddress({ headers, socket }: Asked, trusted: BlockList): string | null {
  let address = plainAddress(socket.remoteAddress ?? "");
  for (const hop of forwarded(headers["x-forwarded-for"]).reverse()) {
    if (address === null || !isTrusted(address, trusted)) break;
    const before = plainAddress(hop);
    if (before === null) break;
    address = before;
  }
  return address;
}

/** Whether a trusted proxy says, by `X-Forwarded-Proto`, that it was asked in plain http. */
export function cameInTheClear({ headers, socket }: Asked, trusted: BlockList): boolean {
  const proxy = plainAddress(socket.remoteAddress ?? "");
  if (proxy === null || !isTrusted(proxy, trusted)) return false;
  return forwarded(headers["x-forwarded-proto"]).at(-1)?.toLowerCase() === "http";
}

/** Whether a program on this machine asks by itself; what a proxy on this machine passes on came from elsewhere. */
export function isFromThisMachine(asked: Asked, trusted: BlockList): boolean {
  const address = clientAddress(asked, trusted);
  if (address === null || !/^127\.|^::1$/.test(address)) return false;
  const own = plainAddress(asked.socket.remoteAddress ?? "");
  return asked.headers["x-forwarded-for"] === undefined || (own !== null && isTrusted(own, trusted));
}

const forwarded = (header: string | string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .flatMap((line) => line.split(","))
    .map((part) => part.trim())
    .filter(Boolean);

const isTrusted = (address: string, trusted: BlockList) =>
  trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** The address alone: without a port, brackets or the IPv6 form of an IPv4 address; null when it is none. */
function plainAddress(text: string): string | null {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  const [, before] = /^([\d.]+):\d+$/.exec(text) ?? [];
  const address = (bracketed ?? before ?? text).replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(address) ? address : null;
}
