import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Untold, untoldWords, withinLimits } from "./untold";
import { UntoldFile } from "./untold-file";

function untold(sessionId: string, lines = 0, more: Partial<Untold> = {}): Untold {
  const line = (seq: number) => ({ seq, at: 1, level: "info" as const, message: `${sessionId} ${seq}` });
  return {
    url: "http://127.0.0.1:3000",
    agentId: null,
    identity: { sessionId, hostname: "h", pid: 7 },
    end: { at: 2, reason: "it ended", exitCode: 9, signal: null },
    lines: Array.from({ length: lines }, (_, seq) => line(seq)),
    dropped: 0,
    activities: [{ id: `${sessionId}-crash`, at: 2, kind: "crashed", title: "Crashed with code 9" }],
    ...more,
  };
}

describe("withinLimits", () => {
  const limits = { sessions: 3, lines: 5, bytes: 1_000_000 };

  it("takes room from the oldest lines, counts them, and keeps every end", () => {
    const { kept, lost } = withinLimits(
      [untold("a", 3, { dropped: 4 }), untold("b", 2), untold("c", 2)],
      limits,
    );
    expect(kept.map(({ lines }) => lines.map(({ seq }) => seq))).toEqual([[2], [0, 1], [0, 1]]);
    expect(kept.map(({ dropped }) => dropped)).toEqual([6, 0, 0]);
    expect(lost).toEqual({ lines: 2, activities: 0, ends: 0 });
  });

  it("drops the oldest runs beyond its number, with their lines", () => {
    const { kept, lost } = withinLimits([untold("a", 2), untold("b"), untold("c"), untold("d")], limits);
    expect(kept.map(({ identity }) => identity.sessionId)).toEqual(["b", "c", "d"]);
    expect(lost).toEqual({ lines: 2, activities: 1, ends: 1 });
  });

  it("is bounded in bytes, without a gap in the middle of what is left", () => {
    const { kept } = withinLimits([untold("a", 5), untold("b", 5)], { ...limits, lines: 100, bytes: 700 });
    const counts = kept.map(({ lines }) => lines.length);
    expect(counts[0]).toBeLessThan(5);
    expect(kept[1]?.lines.at(-1)?.seq).toBe(4);
    expect(counts[1] === 5 || counts[0] === 0).toBe(true);
  });
});

describe("withinLimits, of what happened", () => {
  const activity = (id: string, kind = "started") => ({ id, at: 2, kind, title: "x".repeat(100) });
  const activities = [activity("1"), activity("2", "crashed"), activity("3"), activity("4")];
  const sessions = [untold("a", 0, { activities }), untold("b", 1, { activities: [activity("5")] })];
  const keptIn = (bytes: number) => {
    const { kept, lost } = withinLimits(sessions, { sessions: 3, lines: 5, bytes });
    const ids = kept.map((session) => session.activities.map(({ id }) => id).join(""));
    return { ids, lines: kept.map(({ lines }) => lines.length), lost };
  };

  it("is bounded in bytes, too: lines go first, then the oldest, crashes last", () => {
    expect(keptIn(10_000)).toMatchObject({ ids: ["1234", "5"], lines: [0, 1], lost: { activities: 0 } });
    expect(keptIn(5 * 150)).toMatchObject({ ids: ["1234", "5"], lines: [0, 0] });
    expect(keptIn(3 * 150)).toEqual({
      ids: ["24", "5"],
      lines: [0, 0],
      lost: { lines: 1, activities: 2, ends: 0 },
    });
    expect(keptIn(150)).toMatchObject({ ids: ["2", ""], lost: { activities: 4 } });
  });
});

describe("UntoldFile", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mc-untold-"));
    path = join(folder, "untold.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const idsIn = (file: UntoldFile) => file.all.map(({ identity }) => identity.sessionId);

  it("keeps runs in order, each once, for its owner alone, and is gone when all is told", () => {
    const first = new UntoldFile(folder);
    first.keep(untold("a", 3));
    first.keep(untold("b"));
    first.keep(untold("a", 1));
    expect(statSync(path).mode & 0o077).toBe(0);
    const second = new UntoldFile(folder);
    expect(second.all).toEqual([untold("a", 1), untold("b")]);
    second.forget("a");
    expect(idsIn(new UntoldFile(folder))).toEqual(["b"]);
    second.forget("b");
    expect(existsSync(path)).toBe(false);
  });

  it("tells apart what of others had to go for it, and what of it", () => {
    const big = (sessionId: string) =>
      Array.from({ length: 60 }, (_, at) => ({
        id: `${sessionId}${at}`,
        at,
        kind: "k",
        title: "x".repeat(100_000),
      }));
    const file = new UntoldFile(folder);
    file.keep(untold("a", 1, { activities: big("a") }));
    const { kept, lost } = file.keep(untold("b", 2, { activities: [...big("b"), ...big("c")] }));
    expect(kept.activities.length).toBeGreaterThan(80);
    expect(kept.activities.length).toBeLessThan(120);
    expect(kept.dropped).toBe(2);
    expect(lost).toEqual({ lines: 1, activities: 60, ends: 0 });
  });

  it("passes over what was cut off or damaged, and counts it", () => {
    new UntoldFile(folder).keep(untold("a"));
    appendFileSync(path, '{"url":"http://127.0.0.1:3000","agen');
    writeFileSync(`${path}.new`, '{"half');
    const file = new UntoldFile(folder);
    expect(idsIn(file)).toEqual(["a"]);
    expect(file.unreadable).toBe(1);
    file.keep(untold("b"));
    expect(new UntoldFile(folder)).toMatchObject({ unreadable: 0, all: [untold("a"), untold("b")] });
  });

  it("says when it can't write", () => {
    const file = new UntoldFile(join(folder, "nowhere"));
    expect(() => file.keep(untold("a"))).toThrow("ENOENT");
  });
});

it("says what is untold in words", () => {
  expect(untoldWords(0, 1)).toBe("the end");
  expect(untoldWords(1, 1)).toBe("1 line and the end");
  expect(untoldWords(40, 3)).toBe("40 lines and the ends of 3 runs");
  expect(untoldWords(2, 0)).toBe("2 lines");
  expect(untoldWords(2, 1, 3)).toBe("2 lines, 3 entries of the timeline and the end");
  expect(untoldWords(0, 0, 1)).toBe("1 entry of the timeline");
});
