// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AppRouter } from "@/api/router";
import type { Change } from "@/contracts/wire/browser";
import { sampleAgent, sampleAlert } from "@/testing/board-samples";
import { trpc } from "../../api/trpc";
import { LiveProvider } from "../../live/live-context";
import { LiveStore } from "../../live/store";
import { TooltipProvider } from "../../primitives/tooltip";
import { ActionsContext } from "../action/actions-context";
import { AgentPage } from "./agent-page";

const startMs = Date.parse("2026-03-12T14:00:00.000Z");
const agent = sampleAgent("a", { name: "ledger-reconcile" });

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** The server's door: it knows the agent; what the cards of the page ask stays open. */
const door: TRPCLink<AppRouter> =
  () =>
  ({ op }) =>
    observable((observer) => {
      if (op.path !== "agents.get") return;
      observer.next({ result: { type: "data", data: agent } });
      observer.complete();
    });

/** The page of an agent that is on the board, or `on` it no more. */
async function look({ on = true }: { on?: boolean } = {}) {
  let paint = () => {};
  const store = new LiveStore((flush) => {
    paint = flush;
  });
  const none = { commands: [], notices: [] };
  const alerts = [sampleAlert("alr_1", { agentId: "a" })];
  store.load({ ...none, agents: on ? [{ ix: 0, agent }] : [], alerts }, startMs);
  const cache = new QueryClient();
  render(
    <trpc.Provider client={trpc.createClient({ links: [door] })} queryClient={cache}>
      <QueryClientProvider client={cache}>
        <LiveProvider live={{ store, connection: null }}>
          <TooltipProvider>
            <ActionsContext value={{ open: () => {}, show: () => {} }}>
              <AgentPage id="a" />
            </ActionsContext>
          </TooltipProvider>
        </LiveProvider>
      </QueryClientProvider>
    </trpc.Provider>,
  );
  await act(() => vi.advanceTimersByTimeAsync(50));
  const tell = (change: (live: LiveStore) => void) =>
    act(() => {
      change(store);
      paint();
    });
  return { tell, none };
}

const buttons = () => screen.queryAllByRole("button");

it("shows what fires for the agent", async () => {
  await look();
  expect(screen.getByRole("link", { name: "Silent since 14:01:38." })).toBeTruthy();
});

it("says that the agent was removed, and offers nothing but the way back", async () => {
  const { tell } = await look();
  expect(screen.getAllByRole("button", { name: "Restart…" }).length).toBeGreaterThan(0);
  const removed: Change = { kind: "agent", id: "a", ix: 0, removed: true, patch: {}, factSeq: 1 };
  tell((live) => live.apply([{ s: 1, t: startMs, c: [removed] }]));
  expect(screen.getByRole("heading").textContent).toBe("ledger-reconcile was removed");
  expect(buttons()).toEqual([]);
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual(["/"]);
});

it("says so too when it was removed while this browser was cut off", async () => {
  const { tell, none } = await look();
  tell((live) => live.load({ ...none, agents: [], alerts: [] }, startMs));
  expect(screen.getByRole("heading").textContent).toBe("ledger-reconcile was removed");
});

it("believes the server of an agent that is not on the board yet", async () => {
  await look({ on: false });
  expect(screen.getByRole("heading", { name: "ledger-reconcile" })).toBeTruthy();
});
