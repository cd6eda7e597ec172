// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PendingAlert } from "@/contracts/watch/alert";
import { type Asked, pageStage } from "@/testing/page-stage";
import { PendingPart } from "./pending-part";

// The page's clock is kept between test files and never goes back: one of a later day would reach into others.
beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-03-12T14:00:00.000Z"), toFake: ["Date"] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const pending = (at: number): PendingAlert => ({
  ruleId: "rul_1",
  ruleName: "Any agent is offline",
  kind: "offline",
  severity: "critical",
  subject: { kind: "agent", id: `agt_${at}`, name: `agent-${at}` },
  agentId: `agt_${at}`,
  since: "2026-03-12T14:00:00.000Z",
  summary: "Silent since 14:00:00.",
  firesAt: null,
});

it("counts what is pending only when all of it is read, and shows more by a button", async () => {
  const answer = ({ input }: Asked) => {
    const { cursor, limit } = input as { cursor?: string; limit: number };
    const from = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(limit, 70 - from) }, (_, at) => pending(from + at));
    return { items, nextCursor: from + items.length < 70 ? String(from + items.length) : null };
  };
  render(<PendingPart />, pageStage({ answer }));
  const head = await screen.findByRole("heading", { name: /^Pending/ });
  expect(head.textContent).toBe("Pending50+");
  fireEvent.click(screen.getByRole("button", { name: "Show more" }));
  await screen.findByText("agent-69");
  expect(head.textContent).toBe("Pending70");
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});
