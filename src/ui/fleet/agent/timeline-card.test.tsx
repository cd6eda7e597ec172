// @vitest-environment happy-dom
import { act, cleanup } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { TimelineItem } from "@/contracts/fleet/agent";
import { drawPage } from "@/testing/page-stage";
import { TimelineCard } from "./timeline-card";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const item = (id: string, title: string) =>
  ({ id, kind: "agent.crashed", at: "2026-03-12T14:00:00.000Z", title }) as TimelineItem;
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

it("a crash, of which no field of the agent tells, is in sight within ten seconds", async () => {
  let items = [item("1", "Added")];
  const { page } = drawPage(<TimelineCard agentId="a" />, {
    "agents.timeline": () => ({ items, nextCursor: null }),
  });
  await pass(10);
  expect(page.getByText("Added")).toBeTruthy();
  items = [item("2", "Crashed"), ...items];
  await pass(10_100);
  expect(page.getByText("Crashed")).toBeTruthy();
});
