import { expect, test } from "vitest";
import { plainSerial, revokedSerials } from "./revoked-serials";
import { signAuthority, signRevocations } from "./signing";

test("a list's serial numbers are those that TLS tells of a certificate, zeros before them or not", async () => {
  const validity = { from: new Date(Date.now() - 1_000), to: new Date(Date.now() + 86_400_000) };
  const authority = await signAuthority("House", "4c".repeat(16), validity);
  const serials = ["00ab".repeat(8), "7f".repeat(16), "0a"];
  const entries = serials.map((serial) => ({ serial, revokedAt: new Date() }));
  const list = await signRevocations(authority, new Date(), entries, validity.to);
  expect([...revokedSerials(list)].sort()).toEqual(serials.map(plainSerial).sort());
  expect(revokedSerials(list).has(plainSerial(`AB${"00AB".repeat(7)}`))).toBe(true);
  expect(revokedSerials(await signRevocations(authority, new Date(), [], validity.to)).size).toBe(0);
});
