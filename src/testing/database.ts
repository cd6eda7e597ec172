import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { connect, type Db } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { createLog } from "@/platform/log";

/** Where the test run's server is, for the worker processes. */
const serverVariable = "MC_TEST_POSTGRES_URL";
const templateName = "template_migrated";

export interface TestPostgres {
  /** Address of the server's own database; `testDatabase` makes one for each caller beside it. */
  url: string;
  stop(): Promise<void>;
}

export interface TestDatabase extends Db {
  url: string;
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}

async function administer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A real PostgreSQL in a temporary folder with a migrated template, for a whole run of tests. */
export async function startTestPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "mc-postgres-"));
  // The temporary folder is ours alone, but PostgreSQL may run under another account.
  await chmod(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, log: createLog("silent"), durable });
  await administer(server.url, `create database ${templateName}`);
  await migrateDatabase(withDatabase(server.url, templateName));
  process.env[serverVariable] = server.url;
  return {
    url: server.url,
    async stop() {
      delete process.env[serverVariable];
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A fresh, migrated database of one's own, cloned from the template in some 50 ms; `close` drops it. */
export async function testDatabase({ max = 5 }: { max?: number } = {}): Promise<TestDatabase> {
  const server = process.env[serverVariable];
  if (!server) {
    throw new Error(
      "No test server: name the file *.it.test.ts, or call startTestPostgres() outside vitest.",
    );
  }
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(server, `create database ${name} template ${templateName}`);
  const url = withDatabase(server, name);
  const database = connect(url, { max });
  return {
    ...database,
    url,
    async close() {
      await database.close();
      await administer(server, `drop database if exists ${name} with (force)`);
    },
  };
}
