import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { isOpenPage, isSecretPath, pagesOutsideConsole } from "./open-pages";

test("every page outside the console says whether it needs a session: a new one can't be forgotten", () => {
  const app = new URL("../../app/", import.meta.url);
  const pages = readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("/page.tsx") && !file.startsWith("(console)"))
    .map((file) => file.split("/").find((part) => !part.startsWith("(")) ?? file);
  expect([...new Set(pages)].sort()).toEqual(Object.keys(pagesOutsideConsole).sort());
});

test.each([
  ["/login?to=%2Faudit", true],
  ["/invite/", true],
  ["/link", true],
  ["/a/s1.AAAA", true],
  ["/agents/a", false],
  ["/device?code=ABCD", false],
  ["/enrol", false],
  ["/", false],
  ["/loginx", false],
  ["/agents/login", false],
  ["/toString", false],
])("%s is an open page: %s", (path, open) => {
  expect(isOpenPage(path)).toBe(open);
});

test("the path of a link in a message is a secret, others are not", () => {
  expect(["/a/s1.AAAA", "/a", "/agents/x", "/alerts/x", "/invite"].filter(isSecretPath)).toEqual([
    "/a/s1.AAAA",
  ]);
});
