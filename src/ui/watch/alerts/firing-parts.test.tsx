// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sampleAlert } from "@/testing/board-samples";
import { pageStage, silent } from "@/testing/page-stage";
import { setClockOffset } from "../../format/ticker";
import { FiringParts } from "./firing-parts";
import { FittingAlertsProvider } from "./fitting-alerts";
import { QuietAlertsProvider } from "./quiet-alerts";

vi.mock("next/navigation", () => ({
  usePathname: () => "/alerts",
  useSearchParams: () => new URLSearchParams(),
}));
beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-12T14:10:00.000Z") });
  setClockOffset(0);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const empty = { items: [], nextCursor: null };
const names = () =>
  [...document.querySelectorAll<HTMLElement>("[data-alert]")].map(({ dataset }) => dataset.alert);
const about = (id: string) => sampleAlert(id, { subject: { kind: "agent", id, name: id }, agentId: id });

function draw(answer: (path: string) => unknown) {
  const stage = pageStage({ answer: ({ path }) => answer(path), alerts: [about("a"), about("b")] });
  render(
    <QuietAlertsProvider>
      <FittingAlertsProvider>
        <FiringParts current={undefined} search="" picking={null} onPicking={undefined} onWhole={() => {}} />
      </FittingAlertsProvider>
    </QuietAlertsProvider>,
    stage,
  );
  return stage;
}
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

it("what becomes muted goes below and keeps its place in the page's memory, with the focus", async () => {
  const { hear } = draw(() => empty);
  await pass(100);
  expect(names()).toEqual(["a", "b"]);
  const item = document.querySelector("[data-alert=a]");
  const snooze = item?.querySelectorAll("button")[1];
  snooze?.focus();
  hear({ ...about("a"), snoozedUntil: "2026-03-12T15:00:00.000Z", snoozedBy: "Mira" });
  expect(names()).toEqual(["b", "a"]);
  expect(screen.getByRole("heading", { name: /^Muted/ })).toBeTruthy();
  expect(document.querySelector("[data-alert=a]")).toBe(item);
  expect(document.activeElement).toBe(snooze);
});

it("alerts are shown after two seconds although nobody can say what is muted", async () => {
  draw(() => silent);
  await pass(1_500);
  expect(names()).toEqual([]);
  await pass(1_000);
  expect(names()).toEqual(["a", "b"]);
});
