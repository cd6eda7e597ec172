import type { Command } from "commander";
import { maxPageSize, type Page } from "@/contracts/kernel/page";
import { wholeNumber } from "./whole-number";

export type AskPage<Item> = (page: { limit: number; cursor?: string }) => Promise<Page<Item>>;

/** `--limit <count>`: so many at most, over as many pages as it takes. */
export const withLimit = (command: Command, usual = 50): Command =>
  command.option("--limit <count>", "so many at most, over as many pages as it takes", wholeNumber(1), usual);

/** The first `most` items of a list, or all, however many pages they are. */
export async function itemsOf<Item>(ask: AskPage<Item>, most = Number.POSITIVE_INFINITY): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const limit = Math.min(maxPageSize, most - items.length);
    const page: Page<Item> = await ask({ limit, ...(cursor === null ? {} : { cursor }) });
    items.push(...page.items);
    // A server that is older than this program may answer the whole list, and say of no further page.
    cursor = page.nextCursor ?? null;
  } while (cursor !== null && items.length < most);
  return items;
}
