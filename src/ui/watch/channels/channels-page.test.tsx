// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { pageStage } from "@/testing/page-stage";
import { ChannelsPage } from "./channels-page";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("a page that only stands there asks again: a try that fails tells nobody by itself", async () => {
  const stage = pageStage({ answer: () => ({ items: [], nextCursor: null }) });
  render(<ChannelsPage />, stage);
  await act(() => vi.advanceTimersByTimeAsync(100));
  expect(screen.getByText("Alerts are told nowhere yet")).toBeTruthy();
  const lists = () => stage.asked.filter(({ path }) => path === "channels.list");
  expect(lists()).toHaveLength(1);
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(lists()).toHaveLength(2);
});
