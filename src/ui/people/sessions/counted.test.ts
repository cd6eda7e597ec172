import { expect, test } from "vitest";
import { counted } from "./counted";

test.each([
  [1, 0, "1 browser"],
  [2, 1, "2 browsers and 1 program"],
  [0, 3, "3 programs"],
  [0, 0, "0 browsers"],
])("%i and %i read as %s", (browsers, programs, words) => {
  expect(counted(browsers, programs)).toBe(words);
});
