import { describe, expect, it } from "vitest";
import { commandSteps } from "./command-progress";

describe("commandSteps", () => {
  it("shows where a live command is", () => {
    expect(commandSteps({ state: "queued" })).toEqual(["now", "ahead", "ahead", "ahead", "ahead"]);
    expect(commandSteps({ state: "sent" })).toEqual(["done", "now", "ahead", "ahead", "ahead"]);
    expect(commandSteps({ state: "running" })).toEqual(["done", "done", "done", "now", "ahead"]);
  });

  it("ends in its outcome", () => {
    expect(commandSteps({ state: "succeeded" })).toEqual(["done", "done", "done", "done", "succeeded"]);
    expect(commandSteps({ state: "failed" })).toEqual(["done", "done", "done", "done", "failed"]);
  });

  it("hatches what will not be done any more", () => {
    expect(commandSteps({ state: "expired", sentAt: "2026-03-12T14:00:00Z" })).toEqual([
      "done",
      "done",
      "void",
      "void",
      "void",
    ]);
    expect(commandSteps({ state: "cancelled" })).toEqual(["done", "void", "void", "void", "void"]);
  });
});
