import { expect, test } from "vitest";
import type { Fact, FactKind } from "@/contracts/facts";
import { happeningOf } from "./happening";
import { securityLetter } from "./security-letter";

const factOf = (kind: FactKind, over: Partial<Fact> = {}): Fact => ({
  seq: 1,
  account: "acc_main",
  kind,
  at: "2026-11-21T11:14:05.120Z",
  actor: { kind: "user", id: "usr_ada", name: "Ada" },
  target: { kind: "user", id: "usr_ada", name: "Ada" },
  reason: null,
  before: null,
  after: null,
  data: null,
  requestId: null,
  prevHash: "",
  hash: "",
  ...over,
});
const said = (kind: FactKind, over: Partial<Fact> = {}) => happeningOf(factOf(kind, over), [])?.sentence;

test("each change at the door is told in a sentence that says which one", () => {
  expect(said("security.password_changed")).toBe("your password was changed");
  expect(said("security.password_changed", { data: { by: "recovery code" } })).toContain("recovery codes");
  expect(said("security.password_reset")).toContain("with a link");
  expect(said("security.second_factor_added", { data: { method: "totp" } })).toContain(
    "an authenticator app",
  );
  expect(said("security.second_factor_added", { data: { method: "passkey", name: "Key <1>" } })).toContain(
    "passkey “Key <1>” was added",
  );
  expect(said("security.second_factor_removed", { data: { by: "admin" } })).toContain("second factor");
  expect(said("security.recovery_codes_made")).toContain("recovery codes");
  expect(said("security.account_locked", { data: { until: "2026-11-21T11:29:05.000Z" } })).toContain(
    "locked until 21 November 2026, 11:29 UTC",
  );
  expect(said("security.device_approved", { data: { client: "mc on laptop" } })).toContain("“mc on laptop”");
  expect(said("security.sso_linked")).toContain("single sign-on");
});

test("what changes nothing at the door is not told", () => {
  for (const kind of ["security.login_succeeded", "security.password_rehashed", "user.disabled"] as const) {
    expect(said(kind)).toBeUndefined();
  }
  expect(said("user.changed", { before: { name: "A" }, after: { name: "B" } })).toBeUndefined();
});

test("codes that came with a new account or app are no letter of their own; later ones are", () => {
  const codes = factOf("security.recovery_codes_made");
  expect(happeningOf(codes, [codes, factOf("security.second_factor_added")])).toBeNull();
  expect(happeningOf(codes, [factOf("user.created"), codes])).toBeNull();
  const earlier = factOf("user.created", { at: "2026-11-20T00:00:00.000Z" });
  expect(happeningOf(codes, [earlier, codes])).not.toBeNull();
});

test("a letter says who did it and from where, and what was typed stays text", () => {
  const letterOf = (over: Partial<Fact>) => {
    const fact = factOf("security.password_changed", over);
    const happening = happeningOf(fact, []);
    if (!happening) throw new Error("nothing to tell");
    return securityLetter({ to: "ada@example.com", name: "<b>Ada" }, fact, happening, "https://mc.example");
  };
  expect(letterOf({ data: { ip: "192.0.2.7" } }).text).toContain(
    "Where: 192.0.2.7. By: somebody signed in as you.",
  );
  expect(letterOf({ actor: { kind: "user", id: "usr_bob", name: "Bob" } }).text).toContain(
    "Where: not known. By: Bob.",
  );
  expect(letterOf({ actor: { kind: "token", id: "tok", name: "ci" } }).text).toContain(
    "By: the API token “ci”.",
  );
  expect(letterOf({}).html).not.toContain("<b>");
});
