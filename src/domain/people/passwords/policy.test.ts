import { expect, test } from "vitest";
import { passwordFaults } from "./policy";
import { commonPasswords } from "./well-known";

const ada = { email: "ada.byron@example.com", name: "Ada Byron" };
const rulesOf = (password: string) => passwordFaults(password, ada).map((fault) => fault.rule);

test("a good password breaks no rule", () => {
  expect(rulesOf("Correct-horse-7-battery")).toEqual([]);
});

test.each([
  ["Short-7-pw", ["length"]],
  ["onlysmallletterswithoutend", ["classes"]],
  ["Xq7-byron-Lm2-rest", ["personal"]],
  ["Zz9!ada.byron@example.com", ["personal"]],
  ["Sunshine2026!!", ["common"]],
  ["Aa1Aa1Aa1Aa1Aa1", ["entropy"]],
])("%s breaks exactly its rule", (password, rules) => {
  expect(rulesOf(password)).toEqual(rules);
});

test("several faults are told at once", () => {
  expect(rulesOf("aaaa")).toEqual(["length", "classes", "entropy"]);
});

test("the list holds at least 500 entries, all in lower case", () => {
  expect(commonPasswords.size).toBeGreaterThanOrEqual(500);
  for (const entry of commonPasswords) expect(entry).toBe(entry.toLowerCase());
});
