import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Journal } from "./journal";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mc-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = (id: string) => ({
  id,
  kind: "restart" as const,
  args: {},
  reason: "test",
  deadlineAt: "2026-01-01T00:00:00Z",
});
const result = { ok: true, message: "done" };

it("remembers commands and the process over a restart", () => {
  const first = new Journal(folder);
  first.record({ command: command("a"), step: "acknowledged" });
  first.record({ command: command("a"), step: "started" });
  first.record({ command: command("b"), step: "done", result });
  first.childStarted(41, "boot/1");
  first.childEnded(41);
  first.childStarted(42, "boot/2");
  const second = new Journal(folder);
  expect(second.find("a")).toMatchObject({ step: "started" });
  expect(second.open.map((entry) => entry.command.id)).toEqual(["a", "b"]);
  expect(second.child).toEqual({ pid: 42, identity: "boot/2" });
  second.record({ command: command("b"), step: "told", result });
  second.childEnded(42);
  const third = new Journal(folder);
  expect(third.open.map((entry) => entry.command.id)).toEqual(["a"]);
  expect(third.find("b")).toMatchObject({ step: "told", result });
  expect(third.child).toBeNull();
});

it("ignores a line that was cut off", () => {
  const first = new Journal(folder);
  first.record({ command: command("a"), step: "started" });
  appendFileSync(join(folder, "journal.jsonl"), '{"entry":"command","command":{"id":"b","ki');
  const second = new Journal(folder);
  expect(second.open.map((entry) => entry.command.id)).toEqual(["a"]);
  second.record({ command: command("c"), step: "acknowledged" });
  expect(new Journal(folder).find("c")).toBeDefined();
});

it("stays small: told commands are forgotten after a while, open ones never", () => {
  const journal = new Journal(folder);
  journal.record({ command: command("open"), step: "started" });
  for (let i = 0; i < 2_100; i++) journal.record({ command: command(`c${i}`), step: "told", result });
  expect(readFileSync(join(folder, "journal.jsonl"), "utf8").split("\n").length).toBeLessThan(500);
  const again = new Journal(folder);
  expect(again.find("open")).toMatchObject({ step: "started" });
  expect(again.find("c2099")).toBeDefined();
  expect(again.find("c0")).toBeUndefined();
});

it("goes on when it can't be written, says so once, and keeps all as soon as it can", () => {
  const troubles: string[] = [];
  // A directory where the new file should be: nothing can be put in the old one's place.
  const obstacle = join(folder, "journal.jsonl.new");
  mkdirSync(obstacle);
  const journal = new Journal(folder, ({ message }) => troubles.push(message));
  journal.record({ command: command("a"), step: "started" });
  journal.childStarted(41, "boot/1");
  expect(troubles).toEqual([expect.stringContaining("EISDIR")]);
  expect(existsSync(join(folder, "journal.jsonl"))).toBe(false);
  expect(journal.find("a")).toMatchObject({ step: "started" });
  rmSync(obstacle, { recursive: true });
  journal.childEnded(7);
  expect(new Journal(folder)).toMatchObject({ child: { pid: 41 }, open: [{ step: "started" }] });
  expect(troubles).toHaveLength(1);
});

it("keeps using its file when it can't be made smaller", () => {
  const troubles: string[] = [];
  const journal = new Journal(folder, ({ message }) => troubles.push(message));
  const obstacle = join(folder, "journal.jsonl.new");
  mkdirSync(obstacle);
  for (let i = 0; i < 2_100; i++) journal.record({ command: command(`c${i}`), step: "told", result });
  expect(troubles).toHaveLength(1);
  rmSync(obstacle, { recursive: true });
  expect(new Journal(folder).find("c2099")).toBeDefined();
  journal.record({ command: command("last"), step: "started" });
  expect(readFileSync(join(folder, "journal.jsonl"), "utf8").split("\n").length).toBeLessThan(500);
  journal.close();
});
