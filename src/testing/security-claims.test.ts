import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const text = readFileSync("docs/security.md", "utf8");
const rows = text.split("\n").filter((line) => /^\| (?:\d|[A-Z])/.test(line) && !/^\| ASVS/.test(line));

test("docs/security.md names only files that exist", () => {
  const named = [...text.matchAll(/`((?:src|e2e)\/[^`]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(80);
  expect([...new Set(named)].filter((path) => !existsSync(path))).toEqual([]);
});

test("every claim is held by a test, unless it says that it is not met", () => {
  expect(rows.length).toBeGreaterThan(50);
  const held = /\.(?:it\.)?test\.tsx?`|\.spec\.ts`|the same \|$/;
  expect(rows.filter((row) => !/\| not met \|/.test(row) && !held.test(row))).toEqual([]);
});
