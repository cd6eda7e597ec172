// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, expect, it } from "vitest";
import type { AppRouter } from "@/api/router";
import { trpc } from "../../api/trpc";
import { LiveProvider } from "../../live/live-context";
import { LiveStore } from "../../live/store";
import { LogCard } from "./log-card";

afterEach(cleanup);

/** The log of an agent whose newest page has 200 lines, searched for a word that none of them has. */
async function search(nextCursor: string | null) {
  const items = Array.from({ length: 200 }, (_, at) => ({
    id: String(at + 1),
    at: "2026-03-12T14:00:00.000Z",
    level: "info" as const,
    source: null,
    message: `row ${at}`,
  }));
  const door: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      observer.next({ result: { type: "data", data: { items, nextCursor } } });
      observer.complete();
    });
  const cache = new QueryClient();
  render(
    <trpc.Provider client={trpc.createClient({ links: [door] })} queryClient={cache}>
      <QueryClientProvider client={cache}>
        <LiveProvider live={{ store: new LiveStore(() => {}), connection: null }}>
          <LogCard agentId="a" />
        </LiveProvider>
      </QueryClientProvider>
    </trpc.Provider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Search in these lines" }));
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "needle" } });
  return (await screen.findByText(/fits/)).textContent;
}

it("says that only the newest lines were searched where the log has older ones, and how to get at them", async () => {
  expect(await search("1")).toBe(
    "None of the last 200 lines fits; older ones were not searched. " +
      "Choose more lines, or download the log, which has up to the last 10,000.",
  );
});

it("says that no line fits where all of the log was searched", async () => {
  expect(await search(null)).toBe("No line fits. Take the level or the search off to see all.");
});
