import { afterAll, beforeAll, expect, test } from "vitest";
import type { Snapshot } from "@/contracts/wire/browser";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import { Api } from "../api";
import { BoardFollower, digestOf, digestOfSnapshot } from "./board-follower";
import { FleetUnderTest } from "./fleet-under-test";
import { expectChainWhole, expectCommandsOnce, expectLogsOnce, expectNoFalseAlerts } from "./invariants";
import { pause, randomFrom, seed, tries } from "./seeded";

let db: TestDatabase;
let server: ServerProcess;
let fleet: FleetUnderTest;
let api: Api;
let followers: BoardFollower[] = [];

beforeAll(async () => {
  db = await testDatabase();
  server = await startServerProcess({ DATABASE_URL: db.url, MC_BEAT_MS: "300", MC_SILENT_AFTER_MS: "3000" });
  fleet = await FleetUnderTest.start([server.url], db, 12);
  api = await Api.login(server.url);
  followers = [1, 2, 3].map(() => new BoardFollower(server.url, api.cookie));
});
afterAll(async () => {
  for (const follower of followers) follower.stop();
  await fleet?.stop();
  await server?.close();
  await db?.close();
});

/** I5: what pages folded through all the kills is what somebody who comes now is given. */
async function expectSameBoards(): Promise<void> {
  const compared = async () => {
    const snapshot = await api.call<Snapshot>("GET", "/v1/board");
    const here = followers.map(({ board }) => board);
    if (snapshot.alerts.length < fleet.agents.length) return null;
    if (here.some((board) => board?.epoch !== snapshot.epoch || board.seq !== snapshot.seq)) return null;
    return { wanted: digestOfSnapshot(snapshot), found: here.map((board) => board && digestOf(board)) };
  };
  // Once the agents are gone and missed, the board stands still.
  await eventually(
    async () => {
      const now = await compared();
      return now?.found.every((digest) => digest === now.wanted);
    },
    { timeoutMs: 20_000, everyMs: 200 },
  ).catch(() => null);
  const last = await eventually(compared, { everyMs: 100 });
  for (const digest of last.found) expect(digest).toBe(last.wanted);
  for (const { gaps, epochs } of followers) expect([gaps, epochs.size]).toEqual([0, 3 * tries + 1]);
}

/** Pages come back by themselves, but not within any time: each is to see every server. */
async function pagesFollow(): Promise<void> {
  const { epoch } = await api.call<Snapshot>("GET", "/v1/board");
  await eventually(() => followers.every(({ epochs }) => epochs.has(epoch)), { timeoutMs: 20_000 });
}

test(`R1: the server killed with -9 at any moment loses nothing and does nothing twice (seed ${seed}, ${3 * tries} kills)`, async () => {
  const random = randomFrom(seed);
  await pagesFollow();
  fleet.startCommands(60);
  for (let kill = 0; kill < 3 * tries; kill += 1) {
    await pause(300 + random() * 1_500);
    await server.end("SIGKILL");
    const killedAt = performance.now();
    await server.start();
    const before = fleet.agents.map((agent) => agent.beatsAcknowledged);
    await eventually(
      () => fleet.agents.every((agent, index) => agent.beatsAcknowledged > (before[index] ?? 0)),
      { timeoutMs: 20_000 },
    );
    expect(performance.now() - killedAt).toBeLessThan(30_000);
    await pagesFollow();
  }
  await fleet.settle();
  expectNoFalseAlerts(await expectChainWhole(db));
  await fleet.stop();
  await expectSameBoards();
  await expectLogsOnce(db, fleet);
  await expectCommandsOnce(db, fleet);
  expect(fleet.accepted.length).toBeGreaterThan(3);
});
