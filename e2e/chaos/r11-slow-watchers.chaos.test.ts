import { afterAll, beforeAll, expect, test } from "vitest";
import type { Snapshot } from "@/contracts/wire/browser";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import { Api } from "../api";
import { ChattyFleet } from "./chatty-fleet";
import { inspectable, memoryOf } from "./held-memory";
import { RawWatcher, type Reading } from "./raw-watcher";
import { randomFrom, seed, tries } from "./seeded";

const MiB = 1024 * 1024;
const healthyCount = 8;
const stuckCount = 6;
const slowCount = 4;
/** What may be held beside a mebibyte a slow watcher: pictures, rings, queries that are under way. */
const heldSlack = 16 * MiB;
/** What the system's allocator keeps beyond that although it is free. */
const residentSlack = 64 * MiB;
/** Sent to each healthy watcher while the others are stuck. */
const stalledBytes = 8 * MiB;

let db: TestDatabase;
let server: ServerProcess;
let api: Api;
let fleet: ChattyFleet;
const watchers: RawWatcher[] = [];

beforeAll(async () => {
  db = await testDatabase();
  server = await startServerProcess({
    DATABASE_URL: db.url,
    MC_BEAT_MS: "1000",
    MC_SILENT_AFTER_MS: "600000",
    ...inspectable,
  });
  api = await Api.login(server.url);
  fleet = await ChattyFleet.start(server.url, api, 300);
});
afterAll(async () => {
  for (const watcher of watchers) watcher.stop();
  await fleet?.stop();
  await server?.close();
  await db?.close();
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(text)?.[1] ?? Number.NaN);
}

async function watch(count: number): Promise<RawWatcher[]> {
  const made = Array.from({ length: count }, () => new RawWatcher(server.url, api.cookie));
  watchers.push(...made);
  await eventually(() => made.every((watcher) => watcher.snapshots > 0), { timeoutMs: 20_000 });
  return made;
}

/** Waits until each of them has read so many bytes more. */
async function readOn(some: RawWatcher[], bytes: number): Promise<void> {
  const goals = some.map((watcher) => watcher.bytes + bytes);
  const done = () => some.every((watcher, index) => watcher.bytes >= (goals[index] ?? 0));
  await eventually(done, { timeoutMs: 120_000, everyMs: 50 });
}

/** They read like this from now on, but not all from the same moment: some stop in the middle of a frame. */
async function turnBad(some: RawWatcher[], how: Reading, random: () => number): Promise<void> {
  for (const watcher of some) {
    await readOn([watcher], random() * 200_000);
    watcher.read(how);
  }
}

test(`R11: watchers that stop reading or read slowly cost bounded memory and nobody else a frame, and come back by a snapshot (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  const healthy = await watch(healthyCount);
  fleet.beat(250);
  // The server keeps its last 512 frames: they are there before anything is compared.
  await eventually(() => healthy.every((watcher) => watcher.seq > 600), { timeoutMs: 120_000 });

  for (let turn = 0; turn < tries; turn += 1) {
    const usual = await memoryOf(server.output());
    const droppedBefore = await metric("mc_watchers_dropped_total");
    const stuck = await watch(stuckCount);
    const slow = await watch(slowCount);
    const bad = [...stuck, ...slow];
    const snapshotsBefore = bad.map((watcher) => watcher.snapshots);
    await turnBad(stuck, "nothing", random);
    // The kernel holds some megabytes for each as well; then they are out of the room.
    await eventually(async () => (await metric("mc_watchers_behind")) === stuckCount, {
      timeoutMs: 120_000,
      everyMs: 200,
    });
    await turnBad(slow, "slowly", random);
    await eventually(async () => (await metric("mc_watchers_dropped_total")) >= droppedBefore + bad.length, {
      timeoutMs: 120_000,
      everyMs: 200,
    });
    const seqsBefore = bad.map((watcher) => watcher.seq);
    await readOn(healthy, stalledBytes);
    const now = await memoryOf(server.output());
    const grown = `from ${JSON.stringify(usual)} to ${JSON.stringify(now)}`;
    expect(now.held - usual.held, grown).toBeLessThan(bad.length * MiB + heldSlack);
    expect(now.resident - usual.resident, grown).toBeLessThan(bad.length * MiB + residentSlack);

    for (const watcher of bad) watcher.read("all");
    await eventually(() => bad.every((watcher, index) => watcher.snapshots > (snapshotsBefore[index] ?? 0)), {
      timeoutMs: 60_000,
    });
    for (const [index, watcher] of bad.entries()) {
      expect(watcher.resyncs, `slow watcher ${index} was told to resync`).toBeGreaterThanOrEqual(1);
      expect(watcher.seq).toBeGreaterThan(seqsBefore[index] ?? 0);
    }
    // They are whole again: what follows, follows.
    await readOn(bad, 2 * MiB);
    expect(await metric("mc_watchers_behind")).toBe(0);
    for (const watcher of bad) expect([watcher.gaps, watcher.closed]).toEqual([[], null]);
    for (const watcher of bad) watcher.stop();
  }

  await fleet.hush();
  const board = await api.call<Snapshot>("GET", "/v1/board");
  await eventually(() => healthy.every((watcher) => watcher.seq === board.seq));
  for (const watcher of healthy) {
    expect(watcher.gaps).toEqual([]);
    expect([watcher.snapshots, watcher.resyncs, watcher.closed]).toEqual([1, 0, null]);
  }
});
