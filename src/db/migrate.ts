import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Log } from "@/platform/log";

/** Any number that nothing else in this database locks. */
const lockKey = 7_203_114_001;

/** The package's `drizzle/` folder, both from `src/db` and from a bundle in `dist`. */
function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, "drizzle");
    if (existsSync(join(candidate, "meta", "_journal.json"))) return candidate;
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error("The folder `drizzle` with the migrations is missing beside package.json.");
    folder = parent;
  }
}

/**
 * Brings the schema up to date. Drizzle takes no lock, and two instances that start together would collide, so each
 * waits for its turn on an advisory lock, which a connection that dies gives back by itself.
 */
export async function migrateDatabase(url: string, { log }: { log?: Log } = {}): Promise<void> {
  // One connection of its own: the lock belongs to it, and building an index may take longer than a query may.
  const sql = postgres(url, { max: 1, connect_timeout: 10, max_lifetime: null, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${lockKey})`;
    const startedAt = performance.now();
    await migrate(drizzle(sql), { migrationsFolder: migrationsFolder() });
    log?.info({ tookMs: Math.round(performance.now() - startedAt) }, "The database's schema is up to date.");
  } finally {
    await sql.end({ timeout: 5 });
  }
}
