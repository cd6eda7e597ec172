// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useCalmly } from "./calmly";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
const show = (state: "visible" | "hidden") =>
  act(() => {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
    document.dispatchEvent(new Event("visibilitychange"));
  });

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

test("a tab that nobody sees asks once when it is seen again, and not at all when nothing changed", () => {
  const [asked, askedHidden] = [vi.fn(), vi.fn()];
  const calmly = renderHook(() => useCalmly(asked)).result;
  const evenHidden = renderHook(() => useCalmly(askedHidden, { evenHidden: true })).result;
  act(() => calmly.current());
  show("hidden");
  for (let change = 0; change < 100; change++) {
    act(() => calmly.current());
    act(() => evenHidden.current());
    act(() => void vi.advanceTimersByTime(100));
  }
  expect(asked).toHaveBeenCalledTimes(1);
  expect(askedHidden).toHaveBeenCalledTimes(4);
  show("visible");
  expect(asked).toHaveBeenCalledTimes(2);
  act(() => void vi.advanceTimersByTime(10_000));
  show("hidden");
  show("visible");
  act(() => void vi.advanceTimersByTime(10_000));
  expect(asked).toHaveBeenCalledTimes(2);
});
