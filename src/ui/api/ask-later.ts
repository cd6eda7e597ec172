import type { Query, QueryClient } from "@tanstack/react-query";
import { refusalOf, waitMsOf } from "./refusal";

/** Tabs of one session that were refused together don't come back together. */
const [leastWaitMs, spreadMs] = [1_000, 2_000];

/**
 * What the server refused because too much was asked is asked again when the server said, all of it in one call, as long
 * as the page shows it and is seen: a page that says "try again in 40 seconds" does so by itself. A further page of a
 * list stays for who asked for it: reading all the pages before it again would be what the server refused.
 */
export function createAskLater(client: () => QueryClient): (error: unknown) => void {
  let waits = false;
  const ask = () => {
    if (document.visibilityState === "hidden") {
      document.addEventListener("visibilitychange", ask, { once: true });
      return;
    }
    waits = false;
    void client().refetchQueries({ type: "active", predicate: wasRefused });
  };
  return (error) => {
    const { code, details } = refusalOf(error);
    if (code !== "too-many" || waits) return;
    waits = true;
    setTimeout(ask, Math.max(leastWaitMs, waitMsOf(details)) + Math.random() * spreadMs);
  };
}

function wasRefused({ state }: Pick<Query, "state">): boolean {
  const { status, fetchStatus, error, data } = state;
  if (status !== "error" || fetchStatus !== "idle" || refusalOf(error).code !== "too-many") return false;
  const pages = typeof data === "object" && data !== null && "pages" in data ? data.pages : null;
  return !Array.isArray(pages) || (pages.length < 2 && !state.fetchMeta?.fetchMore);
}
