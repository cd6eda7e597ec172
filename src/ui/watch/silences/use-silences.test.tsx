// @vitest-environment happy-dom
import { cleanup, fireEvent, render, renderHook, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Silence, SilencesQuery } from "@/contracts/watch/silence";
import { type Asked, pageStage } from "@/testing/page-stage";
import { sampleSilence } from "@/testing/watch-samples";
import { SilencesPage } from "./silences-page";
import { useSilences } from "./use-silences";

// The page's clock is kept between test files and never goes back: one of a later day would reach into others.
beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-03-12T14:00:00.000Z"), toFake: ["Date"] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const silence = (id: string, state: Silence["state"]) =>
  sampleSilence(id, { state, reason: `reason of ${id}`, activeUntil: null, matching: 0, fits: [] });

/** A server with so many silences that have not ended and that have. */
function serverWith(open: number, ended: number) {
  const many = (count: number, state: Silence["state"]) =>
    Array.from({ length: count }, (_, at) => silence(`${state}-${at}`, state));
  const all = [...many(open, "active"), ...many(ended, "ended")];
  return ({ input }: Asked) => {
    const { cursor, limit, state } = input as SilencesQuery;
    const fit = all.filter((one) => !state || (one.state === "ended") === (state === "ended"));
    const to = Number(cursor ?? 0) + limit;
    return { items: fit.slice(to - limit, to), nextCursor: to < fit.length ? String(to) : null };
  };
}

it("every silence that has not ended is known, however many there are, and is read again when one changes", async () => {
  const stage = pageStage({ answer: serverWith(1_000, 3) });
  const { result } = renderHook(() => useSilences(), stage);
  await waitFor(() => expect(result.current.data?.items).toHaveLength(1_000));
  expect(result.current.data?.items.at(-1)?.id).toBe("active-999");
  const asked = stage.asked.length;
  stage.hearNews({ topic: "silence", fact: "silence.created" });
  await waitFor(() => expect(stage.asked.length).toBeGreaterThan(asked));
});

it("those that have ended come a page at a time", async () => {
  render(<SilencesPage />, pageStage({ answer: serverWith(2, 70) }));
  const ended = within(await screen.findByRole("region", { name: "Ended" }));
  expect(screen.getByRole("heading", { name: "Ended 50+" })).toBeTruthy();
  expect(screen.getByRole("heading", { name: "Active 2" })).toBeTruthy();
  fireEvent.click(ended.getByRole("button", { name: "Older" }));
  await screen.findByText(/reason of ended-69/);
  expect(screen.getByRole("heading", { name: "Ended 70" })).toBeTruthy();
});
