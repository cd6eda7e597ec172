import { expect, test } from "vitest";
import type { Command } from "@/contracts/fleet/command";
import { lastWord } from "./last-word";

const nowMs = Date.parse("2026-11-21T08:00:00.000Z");
const running = (said: Partial<Command>) =>
  ({ kind: "health-check", args: {}, state: "running", progress: null, message: null, ...said }) as Command;

test("a command that runs says how far it is and its latest words, whichever there are", () => {
  expect(lastWord(running({ progress: 42.7, message: "copying" }), nowMs)).toBe("42 %, copying");
  expect(lastWord(running({ progress: 0 }), nowMs)).toBe("0 %");
  expect(lastWord(running({ message: "copying" }), nowMs)).toBe("copying");
  expect(lastWord(running({}), nowMs)).toBe("under way");
});
