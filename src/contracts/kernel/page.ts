import { z } from "zod";

/** Longest page that a list answers; a longer wish is refused, not cut silently. */
export const maxPageSize = 500;

/** Query of every list: `cursor` is the `nextCursor` of the page before, opaque to the caller. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(50),
  cursor: z.string().max(200).optional(),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;

/** Keyset page of `item`; `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export type Page<Item> = { items: Item[]; nextCursor: string | null };
