import { QueryCache, QueryClient, QueryObserver } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAskLater } from "./ask-later";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

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
