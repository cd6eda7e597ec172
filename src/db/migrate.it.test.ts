import { expect, it } from "vitest";
import { testDatabase } from "@/testing/database";
import { migrateDatabase } from "./migrate";

it("lets four instances migrate a fresh database at once", async () => {
  const database = await testDatabase();
  try {
    await database.sql.unsafe(
      "drop schema public cascade; drop schema drizzle cascade; create schema public",
    );
    await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(database.url)));
    const tables =
      await database.sql`select 1 from pg_tables where schemaname = 'public' and tablename = 'leases'`;
    expect(tables).toHaveLength(1);
  } finally {
    await database.close();
  }
});
