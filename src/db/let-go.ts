import type { MaybeRow, PendingQuery } from "postgres";

/** Where postgres.js keeps what a query was asked with. Not promised: where it has come to be elsewhere, it stays there. */
const held = ["args", "parameters"];

/**
 * Resolves as the query does, and lets go of its values then. The client keeps a finished query alive until the garbage
 * collector looks through all of the heap (two of its functions are made old at once): what a statement of a
 * thousand rows was given would pile up till then, and make those long looks frequent.
 */
export async function lettingGo<Rows extends readonly MaybeRow[]>(query: PendingQuery<Rows>): Promise<Rows> {
  try {
    return await query;
  } finally {
    for (const name of held) if (Reflect.has(query, name)) Reflect.set(query, name, []);
  }
}
