import { expect, it } from "vitest";
import type { Person } from "@/contracts/people/user";
import { factorWords, isInView, isLocked, whyKept } from "./person-state";

const nowMs = Date.parse("2026-03-12T14:00:00Z");
const person = (over: Partial<Person>): Person => ({
  id: "usr_1",
  email: "mira@example.test",
  username: null,
  name: "Mira",
  role: "operator",
  disabledAt: null,
  lockedUntil: null,
  createdAt: "2026-01-01T00:00:00Z",
  lastLoginAt: null,
  hasPassword: true,
  factors: { app: false, passkeys: 0 },
  openSessions: 0,
  lastAdmin: false,
  ...over,
});

it("calls an account locked only while the lock lasts and it could sign in otherwise", () => {
  expect(isLocked(person({ lockedUntil: "2026-03-12T14:00:01Z" }), nowMs)).toBe(true);
  expect(isLocked(person({ lockedUntil: "2026-03-12T13:59:59Z" }), nowMs)).toBe(false);
  expect(
    isLocked(person({ lockedUntil: "2026-03-12T14:00:01Z", disabledAt: "2026-03-01T00:00:00Z" }), nowMs),
  ).toBe(false);
});

it("names second factors in a few words", () => {
  expect(factorWords(person({}))).toBeNull();
  expect(factorWords(person({ factors: { app: true, passkeys: 2 } }))).toBe("App, 2 passkeys");
  expect(factorWords(person({ factors: { app: false, passkeys: 1 } }))).toBe("Passkey");
});

it("explains why somebody must stay, and the last admin before oneself", () => {
  expect(whyKept(person({}), false)).toBeUndefined();
  expect(whyKept(person({}), true)).toContain("This is you");
  expect(whyKept(person({ lastAdmin: true }), true)).toContain("only admin");
  expect(whyKept(person({ lastAdmin: true }), false)).toContain("Mira is the only admin");
});

it("shows in a view whom one looks for: switched-off people lack no second factor", () => {
  const off = person({ disabledAt: "2026-03-01T00:00:00Z" });
  expect(isInView(off, "off")).toBe(true);
  expect(isInView(off, "bare")).toBe(false);
  expect(isInView(person({}), "bare")).toBe(true);
  expect(isInView(person({ role: "admin" }), "admins")).toBe(true);
});
