import { expect, test } from "vitest";
import { isNestedTooDeep } from "./nesting";

const deep = (levels: number) => Buffer.from("[".repeat(levels) + "]".repeat(levels));

test("levels are counted, brackets in texts are not", () => {
  expect(isNestedTooDeep(deep(64))).toBe(false);
  expect(isNestedTooDeep(deep(65))).toBe(true);
  expect(isNestedTooDeep(Buffer.from('{"a":'.repeat(65)))).toBe(true);
  expect(isNestedTooDeep(Buffer.from(JSON.stringify(["[".repeat(500), '"[\\"'.repeat(99), {}])))).toBe(false);
  expect(isNestedTooDeep(Buffer.from("[],".repeat(500)))).toBe(false);
});
