// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AppRouter } from "@/api/router";
import type { Agent } from "@/contracts/fleet/agent";
import { sampleAgent } from "@/testing/board-samples";
import { trpc } from "../../api/trpc";
import { LiveProvider } from "../../live/live-context";
import { LiveStore } from "../../live/store";
import { AgentEvidence } from "./agent-evidence";

const startMs = Date.parse("2026-03-12T14:00:00.000Z");
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** The evidence of an agent that made progress two seconds ago whenever the server is asked. */
function look(fields: Partial<Agent>) {
  let asked = 0;
  const door: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      asked += 1;
      observer.next({ result: { type: "data", data: sampleAgent("a", { ...fields, progressAt: ago(2) }) } });
      observer.complete();
    });
  const store = new LiveStore(() => {});
  const agent = sampleAgent("a", fields);
  store.load({ agents: [{ ix: 0, agent }], commands: [], alerts: [], notices: [] }, startMs);
  const cache = new QueryClient();
  render(
    <trpc.Provider client={trpc.createClient({ links: [door] })} queryClient={cache}>
      <QueryClientProvider client={cache}>
        <LiveProvider live={{ store, connection: null }}>
          <AgentEvidence id="a" />
        </LiveProvider>
      </QueryClientProvider>
    </trpc.Provider>,
  );
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  return { pass, asked: () => asked };
}

const progress = () => screen.getByText("Progress").nextElementSibling?.textContent;

it("keeps progress up to date while it is looked at", async () => {
  const { pass } = look({});
  await pass(10);
  expect(progress()).toBe("2 s ago");
  await pass(60_000);
  expect(progress()).toMatch(/^[2-5] s ago$/);
});

it("asks once about an agent that does not beat", async () => {
  const { pass, asked } = look({ status: "offline", activity: null });
  await pass(60_000);
  expect(asked()).toBe(1);
});

it("believes the board where it knows of newer progress", async () => {
  const { pass } = look({ status: "offline", activity: null, progressAt: ago(1) });
  await pass(10);
  expect(progress()).toBe("1 s ago");
});
