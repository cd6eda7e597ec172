// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Health } from "@/contracts/wire/browser";
import { LiveProvider } from "../../live/live-context";
import { LiveStore } from "../../live/store";
import { LiveBanner } from "./live-banner";

const startMs = Date.parse("2026-03-12T14:00:00.000Z");
const idle = /work lies idle/;

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** The banners of a page; `say` is the server telling how it stands. */
function look() {
  let paint = () => {};
  const store = new LiveStore((flush) => {
    paint = flush;
  });
  render(
    <LiveProvider live={{ store, connection: null }}>
      <LiveBanner />
    </LiveProvider>,
  );
  const say = (health: Partial<Health>) =>
    act(() => {
      store.setHealth({ db: true, bus: true, since: Date.now(), note: null, ...health });
      paint();
    });
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  return { say, pass };
}

it("tells that nobody watches, and what of the page is doubtful then, until somebody does", async () => {
  const { say, pass } = look();
  say({ note: "No server does this work at the moment: noticing silent agents, judging alert rules." });
  await pass(16_000);
  const words = screen.getByText(idle).parentElement?.textContent;
  expect(words).toMatch(/Statuses may be old, and alerts and messages late or missing\./);
  expect(words).toContain(
    "No server does this work at the moment: noticing silent agents, judging alert rules.",
  );
  say({ note: "No server does this work at the moment: judging alert rules." });
  expect(screen.queryByText(idle)).not.toBeNull();
  say({});
  expect(screen.queryByText(idle)).toBeNull();
});

it("says nothing while a restart hands the work over", async () => {
  const { say, pass } = look();
  say({ note: "No server does this work at the moment: noticing silent agents." });
  await pass(12_000);
  expect(screen.queryByText(idle)).toBeNull();
  say({});
  await pass(20_000);
  expect(screen.queryByText(idle)).toBeNull();
});

it("leaves the word to the database or the bus where one of them is the cause", async () => {
  const { say, pass } = look();
  say({ db: false, note: "The database does not answer." });
  await pass(6_000);
  expect(screen.getByText(/The database does not answer since/)).toBeTruthy();
  say({ bus: false, note: "The link between servers is down." });
  await pass(6_000);
  expect(screen.getByText(/Other servers cannot be heard since/)).toBeTruthy();
  expect(screen.queryByText(idle)).toBeNull();
});
