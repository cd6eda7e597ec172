import { expect, test } from "vitest";
import { SsoRefusal } from "./refusal";
import { roleOf } from "./role-of";

const rules = [
  { group: "9", role: "viewer" as const },
  { group: "ops-admins", role: "admin" as const },
  { group: "1", role: "operator" as const },
];
const incomplete = new SsoRefusal("too-many-groups", "too many", "ask");
const whole = (...names: string[]) => ({ names, incomplete: null });

test("the first rule that fits decides, in the order that was written, also for groups named by numbers", () => {
  expect(roleOf({ rules }, whole("1", "ops-admins", "9"))).toBe("viewer");
  expect(roleOf({ rules }, whole("1", "ops-admins"))).toBe("admin");
});

test("names are compared as they are: no prefix, no other case", () => {
  expect(() => roleOf({ rules }, whole("OPS-ADMINS", "ops-admins-2"))).toThrow(
    "none of your groups has a role",
  );
});

test("an app role counts although the groups could not be told; without one the page is about the groups", () => {
  expect(roleOf({ rules }, { names: ["ops-admins"], incomplete })).toBe("admin");
  expect(() => roleOf({ rules }, { names: [], incomplete })).toThrow(incomplete);
});

test("without any rule nobody comes in, and the admin reads why", () => {
  expect(() => roleOf({ rules: [] }, whole("staff"))).toThrow("no group has a role here yet");
});
