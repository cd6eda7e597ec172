import { expect, test } from "vitest";
import { createAddressGuard } from "./address-guard";

test("private, local and disguised addresses are refused", () => {
  const mayReach = createAddressGuard([]);
  const refused = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "not an address",
  ];
  for (const address of refused)
    expect([address, mayReach("hooks.example.com", address)]).toEqual([address, false]);
  expect(mayReach("hooks.example.com", "93.184.216.34")).toBe(true);
  expect(mayReach("hooks.example.com", "2606:2800:220:1::1")).toBe(true);
});

test("hosts, addresses and networks on the list are allowed, and nothing beside them", () => {
  const mayReach = createAddressGuard(["10.1.0.0/16", "192.168.1.7", "Relay.Internal", "fd12::/16"]);
  expect(mayReach("x", "10.1.200.3")).toBe(true);
  expect(mayReach("x", "::ffff:10.1.2.3")).toBe(true);
  expect(mayReach("x", "10.2.0.1")).toBe(false);
  expect(mayReach("x", "192.168.1.7")).toBe(true);
  expect(mayReach("x", "192.168.1.8")).toBe(false);
  expect(mayReach("relay.internal", "172.16.0.9")).toBe(true);
  expect(mayReach("x", "fd12::9")).toBe(true);
});
