import { readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import type { Log } from "@/platform/log";
import { serverAccount } from "./account";
import { findBinaries } from "./binaries";
import { clusterPassword, createCluster, userName } from "./cluster";
import { embeddedFolders, type Folders, hasCluster } from "./folders";
import { endOwnership, takeOwnership } from "./ownership";
import { launchPostmaster, runningPostmaster, stopPostmaster } from "./postmaster";

export { hasEmbedded } from "./cluster";

export interface EmbeddedPostgres {
  url: string;
  /** Stops the server, unless another live process started it. */
  stop(): Promise<void>;
}

interface EmbeddedOptions {
  dataDir: string;
  log: Log;
  /** False only for tests that are not about durability: a power cut may then lose everything. */
  durable?: boolean;
}

const databaseName = "mission_control";
const patienceMs = 60_000;
const mostLaunches = 5;

function address(folders: Folders, port: number, database: string): string {
  return `postgres://${userName}:${clusterPassword(folders)}@127.0.0.1:${port}/${database}`;
}

/** Whether it answers to our password; makes our database when it is not there yet. */
async function answers(folders: Folders, port: number): Promise<boolean> {
  const sql = postgres(address(folders, port, "postgres"), {
    max: 1,
    connect_timeout: 3,
    onnotice: () => {},
  });
  try {
    const found = await sql`select 1 from pg_database where datname = ${databaseName}`;
    if (found.length === 0) await sql.unsafe(`create database ${databaseName}`);
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function logTail(folders: Folders): string {
  try {
    return readFileSync(join(folders.stateDir, "postgres.log"), "utf8").split("\n").slice(-15).join("\n");
  } catch {
    return "";
  }
}

/**
 * The address of the cluster's running server, or undefined: for programs beside the server, which must not start
 * one that then ends with them.
 */
export async function findEmbedded({ dataDir, log }: EmbeddedOptions): Promise<string | undefined> {
  const folders = embeddedFolders(dataDir, serverAccount(), log);
  const running = hasCluster(folders.clusterDir) ? runningPostmaster(folders.clusterDir) : undefined;
  return running && (await answers(folders, running.port))
    ? address(folders, running.port, databaseName)
    : undefined;
}

/**
 * A PostgreSQL of our own under the data folder, on a free loopback port, open to one user with a password. A server
 * that outlived its process (kill -9) is adopted; the traces of a dead one are cleared; two starts at once agree.
 */
export async function startEmbedded({
  dataDir,
  log,
  durable = true,
}: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folders = embeddedFolders(dataDir, serverAccount(), log);
  const { stateDir, clusterDir, programsDir, account } = folders;
  const startedAt = performance.now();
  let launches = 0;
  let launched: { ended: () => boolean } | undefined;

  for (;;) {
    const running = hasCluster(clusterDir) ? runningPostmaster(clusterDir) : undefined;
    if (running && running.port > 0 && (await answers(folders, running.port))) {
      takeOwnership(stateDir);
      log.info({ pid: running.pid, adopted: launches === 0 }, "The embedded database answers.");
      return {
        url: address(folders, running.port, databaseName),
        async stop() {
          if (endOwnership(stateDir)) await stopPostmaster(running.pid);
        },
      };
    }
    if (!running && (!launched || launched.ended())) {
      if (launches === mostLaunches) {
        throw new Error(`The embedded database does not start. Its log ends with:\n${logTail(folders)}`);
      }
      const { initdb, postgres: program } = findBinaries(programsDir, account);
      if (!hasCluster(clusterDir)) createCluster(initdb, folders);
      launched = await launchPostmaster(program, folders, durable);
      launches += 1;
    }
    if (performance.now() - startedAt > patienceMs) {
      throw new Error(`The embedded database did not answer within a minute:\n${logTail(folders)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
