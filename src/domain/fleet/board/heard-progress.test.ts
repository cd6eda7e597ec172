import { beforeEach, expect, it } from "vitest";
import type { Fact } from "@/contracts/facts";
import type { Command } from "@/contracts/fleet/command";
import type { Frame } from "@/contracts/wire/browser";
import { AccountBoard } from "./account-board";
import { emptyPicture } from "./picture";

const account = "acc";
const id = "cmd_1";
let board: AccountBoard;
let frames: Frame[];

beforeEach(() => {
  const picture = emptyPicture();
  picture.commands.set(id, { id, state: "acknowledged", progress: null, message: null } as Command);
  board = new AccountBoard(picture);
  frames = [];
  board.listeners.add((frame) => frames.push(frame));
});

const moved = (state: Command["state"], said: Partial<Command> = {}) =>
  board.takeFact({
    kind: "command.moved",
    seq: 7,
    target: { kind: "command", id, name: id },
    after: { state, ...said },
  } as unknown as Fact);
const says = (state: Command["state"], progress: number, message: string | null = null) =>
  board.takeProgress({ account, id, state, progress, message });
const told = () => {
  board.flush(1);
  return frames.splice(0).flatMap(({ c }) => c?.map(({ patch }) => patch) ?? []);
};

it("tells the latest word of a frame once, and has it in the picture", () => {
  moved("running");
  says("running", 10);
  says("running", 42, "copying");
  expect(told()).toEqual([{ state: "running" }, { progress: 42, message: "copying" }]);
  expect(board.picture.commands.get(id)).toMatchObject({
    state: "running",
    progress: 42,
    message: "copying",
  });
  says("running", 43, "copying");
  expect(told()).toEqual([{ progress: 43, message: "copying" }]);
  expect(told()).toEqual([]);
});

it("folds a word that was faster than its command's fact over that fact", () => {
  says("running", 42, "copying");
  expect(told()).toEqual([]);
  moved("running", { progress: 1, message: "beginning" });
  expect(told()).toEqual([
    { state: "running", progress: 1, message: "beginning" },
    { progress: 42, message: "copying" },
  ]);
});

it("keeps a word that was faster than the fact of its command itself", () => {
  board.picture.commands.delete(id);
  says("running", 42, "copying");
  expect(told()).toEqual([]);
  const made = { id, progress: null, message: null };
  moved("queued", made);
  moved("running", { progress: 1 });
  expect(told()).toEqual([
    { state: "queued", ...made },
    { state: "running", progress: 1 },
    { progress: 42, message: "copying" },
  ]);
});

it("lets no word come after the end, within one frame or later", () => {
  moved("running");
  says("running", 42, "copying");
  moved("succeeded", { message: "copied" });
  says("running", 43, "copying");
  expect(told().at(-1)).toEqual({ state: "succeeded", message: "copied" });
  expect(board.picture.commands.get(id)).toMatchObject({ state: "succeeded", message: "copied" });
  says("running", 44, "copying");
  expect(told()).toEqual([]);
});
