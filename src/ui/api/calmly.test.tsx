// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useCalmly } from "./calmly";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a storm of changes is asked about at once, then every three seconds, and the last one is not lost", () => {
  const asked = vi.fn();
  const { result } = renderHook(() => useCalmly(asked));
  for (let change = 0; change < 100; change++) {
    act(() => result.current());
    act(() => void vi.advanceTimersByTime(100));
  }
  expect(asked).toHaveBeenCalledTimes(4);
  act(() => void vi.advanceTimersByTime(10_000));
  expect(asked).toHaveBeenCalledTimes(5);
  act(() => result.current());
  expect(asked).toHaveBeenCalledTimes(6);
});

test("a page that is left asks no more", () => {
  const asked = vi.fn();
  const { result, unmount } = renderHook(() => useCalmly(asked));
  act(() => result.current());
  act(() => result.current());
  unmount();
  vi.advanceTimersByTime(10_000);
  expect(asked).toHaveBeenCalledTimes(1);
});
