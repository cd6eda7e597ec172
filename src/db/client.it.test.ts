import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { connect } from "./client";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it("reads through drizzle and raw", async () => {
  expect(await database.sql`select 1 as one`).toEqual([{ one: 1 }]);
  expect(await database.orm.query.accounts.findMany()).toBeInstanceOf(Array);
});

it("connects again after the server cut its connections", async () => {
  const client = connect(database.url, { max: 2 });
  await client.sql`select 1`;
  await database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await eventually(() => client.sql`select 1 as one`);
  await client.close();
});

it("fails soon when there is no server, instead of hanging", async () => {
  const client = connect("postgres://nobody@127.0.0.1:1/none", { max: 1 });
  const startedAt = performance.now();
  await expect(client.sql`select 1`).rejects.toThrow(/ECONNREFUSED/);
  await expect(client.sql`select 1`).rejects.toThrow(/ECONNREFUSED/);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await client.close();
});
