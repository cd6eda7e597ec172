import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { refusalOf, waitMsOf } from "./refusal";

/** Tabs of one session that were refused together don't come back together. */
const spreadMs = 2_000;

/**
 * What the server refused because too much was asked is asked again when the server said, as long as something of the
 * page shows it: a page that says "try again in 40 seconds" does so by itself. Once for each query, however often it is
 * refused meanwhile.
 */
export function createAskLater(
  client: () => QueryClient,
): (error: unknown, query: { queryKey: QueryKey; queryHash: string }) => void {
  const waiting = new Set<string>();
  return (error, { queryKey, queryHash }) => {
    const { code, details } = refusalOf(error);
    if (code !== "too-many" || waiting.has(queryHash)) return;
    waiting.add(queryHash);
    setTimeout(
      () => {
        waiting.delete(queryHash);
        void client().refetchQueries({ queryKey, exact: true, type: "active" });
      },
      waitMsOf(details) + Math.random() * spreadMs,
    );
  };
}
