import { describe, expect, it } from "vitest";
import { linePaths, placeLabels, roundTop } from "./chart-scale";
import { addLines, countLevels, emptyBuffer, filterLines, keptLines } from "./log-buffer";
import { sliceOf } from "./uptime-card";

const line = (id: number, level: "info" | "error" = "info") => ({
  id: String(id),
  at: "2026-03-12T14:00:00.000Z",
  level,
  source: "pool",
  message: `row ${id}`,
});

describe("the log buffer", () => {
  it("joins the page and the tail, each line once, in order", () => {
    const tail = addLines(emptyBuffer, [line(9), line(10)]);
    const both = addLines(tail, [line(7), line(8), line(9)], 3);
    expect(both.lines.map(({ id }) => id)).toEqual(["7", "8", "9", "10"]);
    expect(both.dropped).toBe(3);
    expect(addLines(both, [line(9)])).toBe(both);
  });

  it("keeps the newest", () => {
    const many = Array.from({ length: keptLines + 5 }, (_, index) => line(index));
    const { lines } = addLines(emptyBuffer, many);
    expect([lines.length, lines[0]?.id]).toEqual([keptLines, "5"]);
  });

  it("filters by level and text, and counts", () => {
    const lines = [line(1), line(2, "error"), line(3)];
    expect(filterLines(lines, { level: "error", text: "" })).toHaveLength(1);
    expect(filterLines(lines, { level: null, text: "ROW 3" })).toHaveLength(1);
    expect(countLevels(lines)).toMatchObject({ info: 2, error: 1 });
  });
});

describe("charts", () => {
  it.each([
    [0, 1],
    [97, 100],
    [101, 150],
    [2.1e9, 3e9],
  ])("%d has its top at %d", (most, top) => expect(roundTop(most)).toBe(top));

  it("leave a gap where nothing was measured", () => {
    const points = [0, 1, 2, 9].map((atMs) => ({ atMs, value: atMs === 1 ? null : 1 }));
    const { line: path } = linePaths(points, { x: (ms) => ms, y: (value) => value, foot: 0, gapMs: 3 });
    expect(path.match(/M/g)).toHaveLength(3);
  });

  it("place labels of marks beside each other, or above, never on each other", () => {
    const edges = { left: 0, right: 400 };
    expect(placeLabels([{ x: 200, width: 80 }], edges)).toEqual([{ row: 0, anchor: "start" }]);
    const near = [200, 198, 180].map((x) => ({ x, width: 80 }));
    expect(placeLabels(near, edges)).toEqual([
      { row: 0, anchor: "start" },
      { row: 1, anchor: "start" },
      { row: 0, anchor: "end" },
    ]);
    const atTheEdge = [399, 397].map((x) => ({ x, width: 80 }));
    expect(placeLabels(atTheEdge, edges)).toEqual([
      { row: 0, anchor: "end" },
      { row: 1, anchor: "end" },
    ]);
  });

  it("the strip tells stuck from up, and what was not there", () => {
    const slice = { from: "2026-03-12T14:00:00Z", to: "2026-03-12T14:15:00Z" };
    expect(sliceOf({ ...slice, status: "online", stuck: true }).state).toBe("stuck");
    expect(sliceOf({ ...slice, status: null, stuck: false }).state).toBe("absent");
  });
});
