import { describe, expect, it } from "vitest";
import { hashPassword, sealer, sha256Hex, timingSafeEqualText, verifyPassword } from "./crypto";

describe("sealer", () => {
  const { seal, open } = sealer(Buffer.alloc(32, 7));

  it("opens what it sealed, and seals the same text differently each time", () => {
    expect(open(seal("tëxt", "smtp"), "smtp")).toBe("tëxt");
    expect(seal("text", "smtp")).not.toBe(seal("text", "smtp"));
  });

  it("does not open for another purpose, under another secret, or changed", () => {
    const sealed = seal("text", "smtp");
    expect(() => open(sealed, "webhook")).toThrow(/does not open/);
    expect(() => sealer(Buffer.alloc(32, 8)).open(sealed, "smtp")).toThrow(/MC_SECRET/);
    const changed = `${sealed.slice(0, -2)}${sealed.endsWith("AA") ? "BB" : "AA"}`;
    expect(() => open(changed, "smtp")).toThrow();
    expect(() => open("plain", "smtp")).toThrow(/not a sealed text/);
  });

  it("opens with a previous secret, seals with today's alone, and renews what the previous one sealed", () => {
    const both = sealer(Buffer.alloc(32, 8), Buffer.alloc(32, 6), Buffer.alloc(32, 7));
    const today = sealer(Buffer.alloc(32, 8));
    const old = seal("text", "smtp");
    expect(both.open(old, "smtp")).toBe("text");
    expect(today.open(both.seal("text", "smtp"), "smtp")).toBe("text");
    const renewed = both.renew(old, "smtp");
    expect(today.open(renewed ?? "", "smtp")).toBe("text");
    expect(both.renew(renewed ?? "", "smtp")).toBeNull();
    expect(() => both.renew(old, "webhook")).toThrow(/does not open/);
  });

  it("tells the same text again by a fingerprint of each secret, which is no plain hash of it", () => {
    const both = sealer(Buffer.alloc(32, 8), Buffer.alloc(32, 7));
    const [old] = sealer(Buffer.alloc(32, 7)).fingerprints("text", "asked");
    const [today, earlier] = both.fingerprints("text", "asked");
    expect(earlier).toBe(old);
    expect(new Set([today, old, sha256Hex("text"), ...both.fingerprints("text", "else")]).size).toBe(5);
  });
});

it("compares texts of any length", () => {
  expect(timingSafeEqualText("abc", "abc")).toBe(true);
  expect(timingSafeEqualText("abc", "abcd")).toBe(false);
  expect(sha256Hex("")).toMatch(/^e3b0c44298fc1c14/);
});

it("hashes passwords with argon2id", async () => {
  const stored = await hashPassword("correct horse");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(stored, "correct horse")).toBe(true);
  expect(await verifyPassword(stored, "wrong horse")).toBe(false);
  expect(await verifyPassword("no hash", "correct horse")).toBe(false);
});
