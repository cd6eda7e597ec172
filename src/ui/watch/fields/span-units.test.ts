import { expect, it } from "vitest";
import { amountOf, msOfUnit, splitSpan } from "./span-units";

it("a span is shown in its largest whole unit and comes back the same", () => {
  expect(splitSpan(300_000)).toEqual({ amount: 5, unit: "min" });
  expect(splitSpan(90_000)).toEqual({ amount: 90, unit: "s" });
  expect(splitSpan(86_400_000)).toEqual({ amount: 1, unit: "d" });
  expect(splitSpan(0)).toEqual({ amount: 0, unit: "min" });
  for (const ms of [10_000, 60_000, 5_400_000, 604_800_000]) {
    const { amount, unit } = splitSpan(ms);
    expect(amount * msOfUnit(unit)).toBe(ms);
  }
});

it("what is typed may have spaces and a comma; what is no number is NaN", () => {
  expect(amountOf("1 200")).toBe(1200);
  expect(amountOf("2,5")).toBe(2.5);
  expect(amountOf("")).toBeNaN();
  expect(amountOf("soon")).toBeNaN();
});
