import { describe, expect, it, test } from "vitest";
import { trustedProxies } from "../trusted-proxies";
import { type Asked, cameInTheClear, clientAddress, isFromThisMachine } from "./client-address";

const trusted = trustedProxies.parse("127.0.0.1, 10.0.0.0/8, 2001:db8::/32");
const nobody = trustedProxies.parse("");
const asked = (remoteAddress: string | undefined, headers: Asked["headers"] = {}): Asked =>
  ({ headers, socket: { remoteAddress } }) as Asked;
const via = (remoteAddress: string, chain: string) => asked(remoteAddress, { "x-forwarded-for": chain });

describe("clientAddress", () => {
  it("believes nobody unless told to", () => {
    expect(clientAddress(via("127.0.0.1", "192.0.2.7"), nobody)).toBe("127.0.0.1");
    expect(clientAddress(via("192.0.2.9", "127.0.0.1"), trusted)).toBe("192.0.2.9");
  });

  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["127.0.0.1, 192.0.2.7", "192.0.2.7"],
    ["192.0.2.66, 192.0.2.7, 10.1.1.1", "192.0.2.7"],
    ["10.1.1.2, 10.1.1.1", "10.1.1.2"],
    ["192.0.2.7:4711, 10.1.1.1:80", "192.0.2.7"],
    ["[2001:db9::7]:4711", "2001:db9::7"],
    ["192.0.2.7, 2001:db8::1", "192.0.2.7"],
    ["192.0.2.7, nonsense", "127.0.0.1"],
    ["192.0.2.66, nonsense, 10.1.1.1", "10.1.1.1"],
    ["", "127.0.0.1"],
    [",,", "127.0.0.1"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
  ])("of the chain %j the right-most that is not trusted is the client: %s", (chain, client) => {
    expect(clientAddress(via("127.0.0.1", chain), trusted)).toBe(client);
    expect(clientAddress(via("::ffff:127.0.0.1", chain), trusted)).toBe(client);
  });

  it("has none when the connection is gone", () => {
    expect(clientAddress(asked(undefined), trusted)).toBeNull();
  });
});

test("X-Forwarded-Proto counts from a trusted proxy only, and of several the nearest", () => {
  const proto = (remote: string, value: string) =>
    cameInTheClear(asked(remote, { "x-forwarded-proto": value }), trusted);
  expect(proto("127.0.0.1", "http")).toBe(true);
  expect(proto("127.0.0.1", "https, HTTP")).toBe(true);
  expect(proto("127.0.0.1", "http, https")).toBe(false);
  expect(proto("127.0.0.1", "")).toBe(false);
  expect(proto("192.0.2.9", "http")).toBe(false);
});

test("what a proxy on this machine passes on is not from this machine", () => {
  expect(isFromThisMachine(asked("127.0.0.1"), nobody)).toBe(true);
  expect(isFromThisMachine(asked("::1"), nobody)).toBe(true);
  expect(isFromThisMachine(via("127.0.0.1", "192.0.2.7"), nobody)).toBe(false);
  expect(isFromThisMachine(via("127.0.0.1", "127.0.0.1"), nobody)).toBe(false);
  expect(isFromThisMachine(via("127.0.0.1", "192.0.2.7"), trusted)).toBe(false);
  expect(isFromThisMachine(asked("192.0.2.7"), trusted)).toBe(false);
});

test.each(["10.0.0.0/33", "proxy.internal", "10.0.0.1/", "10.0.0.0/8/8", "2001:db8::/129", "/8"])(
  "%s is no address",
  (text) => {
    expect(trustedProxies.safeParse(text).error?.issues[0]?.message).toContain(text);
  },
);
