import type { InboxMessage } from "@/contracts/watch/inbox";

/** More at once are one notification: nobody reads twenty. */
const mostAtOnce = 3;

/**
 * Which messages this browser has not told yet, oldest first, and how far it will have told then. `told` null: it tells
 * for the first time, and what is there already is old.
 */
export function freshMessages(
  items: readonly Pick<InboxMessage, "id" | "read">[],
  told: number | null,
): { ids: number[]; more: number; told: number } {
  const newest = Math.max(told ?? 0, ...items.map(({ id }) => id));
  if (told === null) return { ids: [], more: 0, told: newest };
  const fresh = items.filter(({ id, read }) => id > told && !read).map(({ id }) => id);
  const ids = fresh.sort((one, other) => one - other).slice(-mostAtOnce);
  return { ids, more: fresh.length - ids.length, told: newest };
}
