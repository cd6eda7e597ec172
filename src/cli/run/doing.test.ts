import { expect, it } from "vitest";
import { parseDirective } from "./directives";
import { DoingTracker } from "./doing";

function tracker() {
  const time = { now: 100_000 };
  const told: number[] = [];
  return {
    time,
    told,
    doing: new DoingTracker(
      () => time.now,
      () => told.push(time.now),
    ),
  };
}
const say = (doing: DoingTracker, line: string) => {
  const directive = parseDirective(line);
  if (directive && directive.kind !== "metric") doing.directive(directive);
  else doing.line(line);
};

it("reads directives and leaves other lines alone", () => {
  expect(parseDirective("::mc task Reading invoice 1 of 2")).toEqual({
    kind: "task",
    text: "Reading invoice 1 of 2",
  });
  expect(parseDirective("::mc state waiting")).toEqual({ kind: "state", state: "waiting" });
  expect(parseDirective("::mc progress")).toEqual({ kind: "progress" });
  expect(parseDirective("::mc state dancing")).toBeUndefined();
  expect(parseDirective("say ::mc progress")).toBeUndefined();
});

it("guesses from output and CPU when the program tells nothing", () => {
  const { time, doing } = tracker();
  expect(doing.report(null)).toEqual({ state: "idle", progressAt: 100_000, task: null });
  say(doing, "copied a file");
  expect(doing.report(0)).toMatchObject({ state: "working", task: "copied a file" });
  time.now += 11_000;
  expect(doing.report(0).state).toBe("idle");
  expect(doing.report(50)).toMatchObject({ state: "working", progressAt: 111_000 });
});

it("believes the program, and counts only told progress once it tells progress", () => {
  const { time, told, doing } = tracker();
  say(doing, "::mc state working");
  say(doing, "::mc progress");
  time.now += 60_000;
  say(doing, "still alive");
  expect(doing.report(90)).toEqual({ state: "working", progressAt: 100_000, task: "still alive" });
  say(doing, "::mc state waiting");
  say(doing, "::mc state waiting");
  expect(told).toEqual([100_000, 160_000]);
});

it("forgets the word of the program before", () => {
  const { doing } = tracker();
  say(doing, "::mc task Old work");
  doing.ended("Crashed with code 1, starts again in 2 s");
  expect(doing.report(0)).toMatchObject({ state: "idle", task: "Crashed with code 1, starts again in 2 s" });
  doing.started();
  expect(doing.report(0).task).toBeNull();
});
