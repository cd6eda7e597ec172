// @vitest-environment happy-dom
import { act, cleanup } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drawPage } from "@/testing/page-stage";
import { useAuditLog } from "./use-audit-log";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A log of two facts a page, newest first, down to 1; `newest` grows as facts are added. */
function draw() {
  const server = { newest: 4 };
  let shown = {} as ReturnType<typeof useAuditLog>;
  function Log() {
    shown = useAuditLog({});
    return null;
  }
  const { asked } = drawPage(<Log />, {
    "audit.list": ({ cursor, limit }: { cursor?: string; limit: number }) => {
      const from = cursor ? Number(cursor) - 1 : server.newest;
      const items = [from, from - 1].slice(0, limit).map((seq) => ({ seq }));
      return { items, nextCursor: from > 2 ? String(from - 1) : null };
    },
  });
  return { server, asked, log: () => shown, seqs: () => shown.facts?.map(({ seq }) => seq) };
}
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

it("shows what was added within ten seconds, without anybody asking", async () => {
  const { server, seqs } = draw();
  await pass(0);
  expect(seqs()).toEqual([4, 3]);
  server.newest = 6;
  await pass(10_100);
  expect(seqs()).toEqual([6, 5]);
});

it("whoever reads far back is told of newer facts, and comes to them when they ask", async () => {
  const { server, seqs, log, asked } = draw();
  await pass(0);
  await act(() => log().log.fetchNextPage());
  await pass(0);
  expect(seqs()).toEqual([4, 3, 2, 1]);
  expect(log().newer).toBe(false);
  server.newest = 6;
  const before = asked("audit.list").length;
  await pass(10_100);
  expect(seqs()).toEqual([4, 3, 2, 1]);
  expect(log().newer).toBe(true);
  expect(asked("audit.list").length - before).toBe(1);
  act(() => log().showNewest());
  await pass(10);
  expect(seqs()).toEqual([6, 5]);
  expect(log().newer).toBe(false);
});
