// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StoryEntry, StoryNext } from "@/contracts/watch/story";
import { sampleAlert } from "@/testing/board-samples";
import { StoryList } from "./story-list";

beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-03-12T14:00:00.000Z") }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("what comes next goes with the time; what happened is not read again for that", () => {
  let read = 0;
  const commented = {
    ...{ kind: "act", id: "a", at: "2026-03-12T13:58:00.000Z", act: "commented", text: "Again", until: null },
    get by() {
      read++;
      return { kind: "user", id: "usr_1", name: "Mira" };
    },
  } as StoryEntry;
  const next: StoryNext[] = [
    { kind: "telling", event: "escalation", at: "2026-03-12T15:00:05.000Z", channels: ["S ok"] },
  ];
  const told = { entries: [commented], next };
  render(<StoryList alert={sampleAlert("alr_1")} told={told} />);
  expect(screen.getByText("Mira wrote")).toBeTruthy();
  expect(screen.getByText(/^at \d\d:00 unless somebody takes it$/)).toBeTruthy();
  act(() => void vi.advanceTimersByTime(10_000));
  expect(screen.getByText(/^at \d\d:00:05 unless somebody takes it$/)).toBeTruthy();
  expect(read).toBe(1);
});
