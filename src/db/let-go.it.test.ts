import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { lettingGo } from "./let-go";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const large = "a value of a large statement";
const holds = (query: object) =>
  Object.values(query).some((own) => Array.isArray(own) && own.includes(large));

it("answers as the query does, which holds none of its values afterwards", async () => {
  const query = database.sql<{ said: string }[]>`select ${large}::text || ', and more' as said`;
  const waiting = lettingGo(query);
  expect(holds(query), "it is looked for where it is").toBe(true);
  expect([...(await waiting)]).toEqual([{ said: `${large}, and more` }]);
  expect(holds(query)).toBe(false);
});

it("fails as the query does, and lets go then too", async () => {
  const query = database.sql`select ${large}::int`;
  await expect(lettingGo(query)).rejects.toThrow("invalid input syntax");
  expect(holds(query)).toBe(false);
});
