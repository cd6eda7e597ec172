import { expect, it } from "vitest";
import { parseDirective } from "./directives";
import { Numbers } from "./numbers";

it("reads numbers of the exact form, and leaves all else in the log", () => {
  expect(parseDirective("::metric queue.depth=12.5")).toEqual({
    kind: "metric",
    name: "queue.depth",
    value: 12.5,
  });
  expect(parseDirective("::metric a=-1.5e3 ")).toEqual({ kind: "metric", name: "a", value: -1_500 });
  for (const line of [
    "::metric a=",
    "::metric a=NaN",
    "::metric a=0x10",
    "::metric a=1e400",
    "::metric a=1 b=2",
    "::metric 9a=1",
    "::metric __proto__=1",
    `::metric ${"a".repeat(81)}=1`,
    "say ::metric a=1",
  ])
    expect(parseDirective(line), line).toBeUndefined();
});

it("reports the last word of each, for five minutes, and at most 32 of them", () => {
  const time = { now: 0 };
  const refused: string[] = [];
  const numbers = new Numbers(
    () => time.now,
    (name) => refused.push(name),
  );
  expect(numbers.report()).toBeUndefined();
  numbers.set("depth", 1);
  numbers.set("depth", 2);
  expect(numbers.report()).toEqual({ depth: 2 });
  time.now = 300_001;
  expect(numbers.report()).toBeUndefined();
  for (let index = 0; index < 40; index++) numbers.set(`n${index}`, index);
  expect(Object.keys(numbers.report() ?? {})).toHaveLength(32);
  expect(refused).toEqual(["n32"]);
  numbers.forget();
  expect(numbers.report()).toBeUndefined();
});
