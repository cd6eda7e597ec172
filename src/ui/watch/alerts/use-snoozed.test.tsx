// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setClockOffset } from "../../format/ticker";
import { useSnoozedUntil } from "./use-snoozed";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-12T15:59:50.000Z") });
  // The page's clock is shared by the files of a worker, and never goes back by itself.
  setClockOffset(0);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("an alert is snoozed until its moment, and is drawn anew only when that comes", () => {
  const snoozedUntil = "2026-03-12T16:00:00.000Z";
  let drawn = 0;
  const { result } = renderHook(() => {
    drawn++;
    return useSnoozedUntil({ snoozedUntil });
  });
  expect(result.current).toBe(snoozedUntil);
  act(() => void vi.advanceTimersByTime(8_000));
  expect(result.current).toBe(snoozedUntil);
  expect(drawn).toBe(1);
  act(() => void vi.advanceTimersByTime(8_000));
  expect(result.current).toBeNull();
  expect(drawn).toBe(2);
  expect(renderHook(() => useSnoozedUntil({ snoozedUntil: null })).result.current).toBeNull();
});
