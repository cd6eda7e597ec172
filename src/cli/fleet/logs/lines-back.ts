import type { LogLine } from "@/contracts/fleet/log-line";
import { maxPageSize, type Page } from "@/contracts/kernel/page";

/** Lines that are fetched at once at most: as many as a download has. */
export const mostFetched = 10_000;

export type AskLines = (page: { limit: number; cursor?: string }) => Promise<Page<LogLine>>;

/**
 * The newest lines, oldest first: page by page back to one that `reached` says was known or is too old, and never
 * more than `most`. `cut` when it ended before that, with older lines left.
 */
export async function linesBack(
  ask: AskLines,
  reached: (page: readonly LogLine[]) => boolean,
  most = mostFetched,
): Promise<{ lines: LogLine[]; cut: boolean }> {
  const pages: LogLine[][] = [];
  let left = most;
  let cursor: string | null = null;
  do {
    const limit = Math.min(left, maxPageSize);
    const page: Page<LogLine> = await ask({ limit, ...(cursor === null ? {} : { cursor }) });
    pages.unshift(page.items);
    left -= page.items.length;
    cursor = page.nextCursor;
    if (reached(page.items)) return { lines: pages.flat(), cut: false };
  } while (cursor !== null && left > 0);
  return { lines: pages.flat(), cut: cursor !== null };
}
