// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setClockOffset } from "./ticker";
import { RelativeTime } from "./time";

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(Date.parse("2026-03-12T14:00:00Z"));
});
afterEach(() => {
  cleanup();
  act(() => setClockOffset(0));
  vi.useRealTimers();
});

describe("RelativeTime", () => {
  it("counts on with one timer for any number of cells, and none when they are gone", () => {
    const start = "2026-03-12T13:59:57Z";
    const { unmount } = render(
      <>
        <RelativeTime at={start} />
        <RelativeTime at={start} suffix="ago" />
      </>,
    );
    expect(screen.getByText("3 s")).toBeTruthy();
    expect(vi.getTimerCount()).toBe(1);
    act(() => vi.advanceTimersByTime(2000));
    expect(screen.getByText("5 s")).toBeTruthy();
    expect(screen.getByText("5 s ago").getAttribute("title")).toContain("12 Mar 2026");
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is true by the server's clock where the browser's is wrong", () => {
    render(<RelativeTime at="2026-03-12T14:01:00Z" />);
    act(() => setClockOffset(65_000));
    expect(screen.getByText("5 s")).toBeTruthy();
  });

  it("draws a dash for what never happened", () => {
    render(<RelativeTime at={null} />);
    expect(screen.getByText("–")).toBeTruthy();
  });
});
