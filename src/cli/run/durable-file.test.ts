import {
  closeSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { replaceDurably } from "./durable-file";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mc-durable-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("replaces a file as a whole, for its owner alone, and answers it open", () => {
  const path = join(folder, "file");
  closeSync(replaceDurably(path, "a longer text than the next"));
  const file = replaceDurably(path, "é\n");
  expect(readFileSync(path, "utf8")).toBe("é\n");
  expect(statSync(path).ino).toBe(fstatSync(file).ino);
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(readdirSync(folder)).toEqual(["file"]);
  closeSync(file);
});

it("throws what the system says, and leaves nothing half written beside what was there", () => {
  const path = join(folder, "file");
  mkdirSync(path);
  expect(() => replaceDurably(path, "text")).toThrow("EISDIR");
  expect(readdirSync(folder)).toEqual(["file"]);
});
