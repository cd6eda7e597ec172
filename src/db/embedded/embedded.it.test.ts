import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createLog } from "@/platform/log";
import { eventually } from "@/testing/eventually";
import { findEmbedded, startEmbedded } from ".";
import { isAlive, runningPostmaster } from "./postmaster";

const log = createLog("silent");
const program = fileURLToPath(new URL("../../testing/embedded-process.ts", import.meta.url));
let dataDir = "";

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "mc-embedded-"));
  chmodSync(dataDir, 0o755);
});
afterEach(async () => {
  const server = await startEmbedded({ dataDir, log });
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function startProcess(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", program, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return { child, url: String(line).trim() };
}

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

it("outlives a killed process and is adopted, with everything that was written", async () => {
  const { child, url } = await startProcess();
  await query(url, "create table kept (n int); insert into kept values (1)");
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;

  const server = await startEmbedded({ dataDir, log });
  expect(server.url).toBe(url);
  expect(await query(server.url, "select n from kept")).toEqual([{ n: 1 }]);
  await server.stop();
  expect(await findEmbedded({ dataDir, log })).toBeUndefined();
}, 60_000);

it("starts again over the traces of a killed server", async () => {
  const first = await startEmbedded({ dataDir, log });
  await query(first.url, "create table kept (n int); insert into kept values (1)");
  const postmaster = runningPostmaster(join(dataDir, "postgres"));
  if (!postmaster) throw new Error("The server left no note of itself.");
  process.kill(postmaster.pid, "SIGKILL");
  await eventually(() => !isAlive(postmaster.pid));

  const second = await startEmbedded({ dataDir, log });
  expect(await query(second.url, "select n from kept")).toEqual([{ n: 1 }]);
}, 60_000);

it("lets two starts at once agree on one server", async () => {
  const [one, two] = await Promise.all([startEmbedded({ dataDir, log }), startProcess()]);
  expect(one.url).toBe(two.url);
  expect(await findEmbedded({ dataDir, log })).toBe(one.url);
  const exited = once(two.child, "exit");
  two.child.kill("SIGKILL");
  await exited;
}, 60_000);
