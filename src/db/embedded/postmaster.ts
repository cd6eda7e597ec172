import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Folders } from "./folders";

/** What a running server wrote about itself. */
export interface Postmaster {
  pid: number;
  port: number;
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** After a restart of the machine another program may carry the old number. Without /proc it is taken for ours. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return process.platform !== "linux";
  }
}

/** The live server of this cluster; the note of a dead one is removed, since PostgreSQL may mistake it for alive. */
export function runningPostmaster(clusterDir: string): Postmaster | undefined {
  const file = join(clusterDir, "postmaster.pid");
  let lines: string[];
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (isAlive(pid) && isPostgres(pid)) return { pid, port: Number(lines[3] ?? 0) };
  rmSync(file, { force: true });
  return undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
}

/** Sized for a machine of 4 GB that also runs the server, the console and some agents. */
const tuning: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  effective_cache_size: "1GB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  max_wal_size: "1GB",
  checkpoint_timeout: "15min",
  checkpoint_completion_target: "0.9",
  random_page_cost: "1.1",
  // Parallel plans want a large /dev/shm, which containers lack.
  max_parallel_workers_per_gather: "0",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  password_encryption: "scram-sha-256",
};

const longestLogBytes = 10 * 1024 * 1024;

/** Starts the server apart from us, so that it survives our sudden death. `ended` settles when it exits. */
export async function launchPostmaster(
  postgres: string,
  folders: Folders,
  durable: boolean,
): Promise<{ ended: () => boolean }> {
  const settings = { ...tuning, port: String(await freePort()) };
  const lax = durable ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off" };
  const flags = Object.entries({ ...settings, ...lax }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const logFile = join(folders.stateDir, "postgres.log");
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(logFile, size > longestLogBytes ? "w" : "a", 0o600);
  try {
    const child = spawn(postgres, ["-D", folders.clusterDir, ...flags], {
      detached: true,
      stdio: ["ignore", log, log],
      cwd: "/",
      ...folders.account,
      env: { ...process.env, LC_ALL: "C" },
    });
    let over = false;
    child.once("error", () => {
      over = true;
    });
    child.once("exit", () => {
      over = true;
    });
    child.unref();
    return { ended: () => over };
  } finally {
    closeSync(log);
  }
}

/** Ends it by PostgreSQL's fast shutdown: clients are cut, everything is written. */
export async function stopPostmaster(pid: number): Promise<void> {
  const send = (signal: NodeJS.Signals) => {
    if (isAlive(pid)) process.kill(pid, signal);
  };
  send("SIGINT");
  const startedAt = performance.now();
  for (let urged = false; isAlive(pid); ) {
    // The quick way needs a recovery at the next start, and loses nothing.
    if (!urged && performance.now() - startedAt > 10_000) {
      urged = true;
      send("SIGQUIT");
    }
    if (performance.now() - startedAt > 15_000)
      throw new Error("The embedded database did not stop within 15 s.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
