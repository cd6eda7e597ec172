// @vitest-environment happy-dom
import { InfiniteQueryObserver, QueryCache, QueryClient, QueryObserver } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAskLater } from "./ask-later";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const refused = (refusal: string, details: unknown) => {
  const message = "No.";
  return TRPCClientError.from({ error: { code: -32_000, message, data: { refusal, details } } });
};

function look(answers: (() => unknown)[]) {
  const askLater = createAskLater(() => client);
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: askLater }),
    defaultOptions: { queries: { retry: false } },
  });
  const ask = vi.fn(async () => (answers.shift() ?? (() => "here"))());
  const observer = new QueryObserver(client, { queryKey: ["list"], queryFn: ask });
  const leave = observer.subscribe(() => {});
  return { ask, observer, leave };
}
const tooMany = () => {
  throw refused("too-many", { retryAfterMs: 40_000 });
};

test("what was refused because too much was asked is asked again once, when the server said", async () => {
  const { ask, observer, leave } = look([tooMany, tooMany]);
  await vi.advanceTimersByTimeAsync(1_000);
  await observer.refetch();
  expect(observer.getCurrentResult().isError).toBe(true);
  await vi.advanceTimersByTimeAsync(38_000);
  expect(ask).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(ask).toHaveBeenCalledTimes(3);
  expect(observer.getCurrentResult().data).toBe("here");
  await vi.advanceTimersByTimeAsync(120_000);
  expect(ask).toHaveBeenCalledTimes(3);
  leave();
});

test("another refusal stands, and nobody asks for a page that was left", async () => {
  const forbidden = look([
    () => {
      throw refused("forbidden", null);
    },
  ]);
  const left = look([tooMany]);
  await vi.advanceTimersByTimeAsync(1_000);
  left.leave();
  await vi.advanceTimersByTimeAsync(120_000);
  expect([forbidden.ask.mock.calls.length, left.ask.mock.calls.length]).toEqual([1, 1]);
  forbidden.leave();
});

test("a tab that nobody sees asks when it is seen, and a list that was read further is left to who reads it", async () => {
  const { ask, leave } = look([tooMany]);
  const further = new QueryClient({ queryCache: new QueryCache({ onError: createAskLater(() => further) }) });
  const page = vi.fn(async ({ pageParam }: { pageParam: number }) =>
    pageParam > 0 ? tooMany() : [pageParam],
  );
  const list = new InfiniteQueryObserver(further, {
    ...{ queryKey: ["pages"], queryFn: page, initialPageParam: 0, retry: false },
    getNextPageParam: () => 1,
  });
  const leaveList = list.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(10);
  await list.fetchNextPage();
  expect(list.getCurrentResult().isFetchNextPageError).toBe(true);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  await vi.advanceTimersByTimeAsync(120_000);
  expect(ask).toHaveBeenCalledTimes(1);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(1_000);
  expect([ask.mock.calls.length, page.mock.calls.length]).toEqual([2, 2]);
  leave();
  leaveList();
});
