import { expect, test } from "vitest";
import { commandMoves } from "@/contracts/fleet/command";
import { commandStates, openCommandStates } from "@/contracts/fleet/command-states";
import { mayMove } from "./move-command";
import { isRepeat } from "./report-command";

test("every open command can end, an ended one stays, and nothing leads back", () => {
  for (const state of commandStates) {
    expect(mayMove(state, state)).toBe(false);
    expect(commandMoves[state].length > 0).toBe(openCommandStates.includes(state));
    for (const next of commandMoves[state]) expect(mayMove(next, state)).toBe(false);
  }
});

test("a word is a repeat when it is in line with how the command went", () => {
  expect(isRepeat("running", "acknowledged")).toBe(true);
  expect(isRepeat("succeeded", "succeeded")).toBe(true);
  expect(isRepeat("succeeded", "failed")).toBe(false);
  expect(isRepeat("failed", "running")).toBe(true);
  expect(isRepeat("failed", "succeeded")).toBe(false);
  expect(isRepeat("acknowledged", "running")).toBe(false);
  expect(isRepeat("sent", "running")).toBe(false);
});
