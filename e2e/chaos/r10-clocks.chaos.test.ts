import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fact } from "@/contracts/facts";
import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import type { Alert } from "@/contracts/watch/alert";
import type { AlertPolicy, StoredPolicy } from "@/contracts/watch/policy";
import type { Silence } from "@/contracts/watch/silence";
import { readFacts } from "@/domain/kernel";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { faketimeMissing, type SteppedClock, steppedClock } from "@/testing/faketime";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import { startTeamsServer, type TeamsServer } from "@/testing/teams-server";
import { Api } from "../api";
import { expectChainWhole } from "./invariants";
import { tries } from "./seeded";
import { SkewedAgent } from "./skewed-agent";

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;
const stepMs = 600_000;
const beatMs = 300;
const silentAfterMs = 2_000;
/** A loss is seen and told so long after it is due, at most. */
const lateMs = 2_000;
const hook = "/ops";
/** How long trouble has to last, or to be over, for a rule that waits. */
const slowlyMs = 6_000;
const busyMs = 6_000;

const skews = {
  right: 0,
  "hour-ahead": hourMs,
  "hour-behind": -hourMs,
  "year-ahead": yearMs,
  "year-behind": -yearMs,
};

let db: TestDatabase;
let clock: SteppedClock | undefined;
let teams: TeamsServer;
let server: ServerProcess;
let api: Api;
const agents: SkewedAgent[] = [];

beforeAll(async () => {
  db = await testDatabase();
  clock = faketimeMissing === null ? await steppedClock() : undefined;
  teams = await startTeamsServer();
  server = await startServerProcess({
    ...clock?.env,
    DATABASE_URL: db.url,
    MC_BEAT_MS: String(beatMs),
    MC_SILENT_AFTER_MS: String(silentAfterMs),
  });
  api = await Api.login(server.url);
  await tellAtOnce();
  await api.call("POST", "/v1/channels", { kind: "teams", name: "Ops", config: { url: teams.url(hook) } });
  for (const [name, skewMs] of Object.entries(skews)) {
    for (const number of [1, 2]) {
      const wish = { name: `${name}-${number}.`, skewMs, everyMs: beatMs };
      agents.push(await SkewedAgent.start(server.url, api, wish));
    }
  }
});
afterAll(async () => {
  for (const agent of agents) await agent.stop();
  await server?.close();
  await teams?.stop();
  await clock?.remove();
  await db?.close();
});

/**
 * All that fall silent are one group, and what comes to it is told a second after the last news at the latest. Who is
 * lost again and again is told of each time.
 */
async function tellAtOnce(): Promise<void> {
  const { version, policy } = await api.call<StoredPolicy>("GET", "/v1/alert-policy");
  const root = { ...policy.root, groupBy: ["rule"], waitMs: 0, intervalMs: 1_000, routes: [] };
  const changed: AlertPolicy = { root, inhibitions: [] };
  await api.call("PUT", "/v1/alert-policy", { version, policy: changed });
  const { items } = await api.call<{ items: { id: string }[] }>("GET", "/v1/rules");
  for (const { id } of items) await api.call("PATCH", `/v1/rules/${id}`, { flap: null });
}

const factsSince = (seq: number) => readFacts(db, seq, 100_000);
const lastSeq = async () => (await factsSince(0)).at(-1)?.seq ?? 0;

/** Everybody beats on for longer than silence may last, and nobody is missed, no alert begins, we were never blind. */
async function expectCalm(seq: number, what: string, lost: SkewedAgent[] = []): Promise<void> {
  const present = agents.filter((agent) => !lost.includes(agent));
  const before = present.map((agent) => agent.beatsAcknowledged);
  const beats = Math.ceil((1.5 * silentAfterMs) / beatMs);
  await eventually(
    () => present.every((agent, index) => agent.beatsAcknowledged >= (before[index] ?? 0) + beats),
    { timeoutMs: 30_000, everyMs: 50 },
  );
  const wrong = (await factsSince(seq)).filter(
    ({ kind, target, data }) =>
      ["alert.fired", "agent.went_offline", "agent.lost_sight_of", "monitoring.was_blind"].includes(kind) &&
      !lost.some(({ id }) => id === target?.id || id === data?.agentId),
  );
  expect(wrong, what).toEqual([]);
  const shown = await api.call<{ items: Agent[] }>("GET", "/v1/agents?limit=100");
  for (const agent of present) {
    const found = shown.items.find(({ id }) => id === agent.id);
    expect([agent.name, found?.status, found?.activity], what).toEqual([agent.name, "online", "working"]);
  }
}

const cardsAbout = async (name: string, word: RegExp) =>
  (await teams.received(hook)).filter(({ body }) => body.includes(name) && word.test(body));

/** Really gone: noticed in time by our own clock, told in time. */
async function expectNoticed(agent: SkewedAgent, what: string): Promise<void> {
  const told = (await cardsAbout(agent.name, /silent/)).length;
  const seq = await lastSeq();
  const goneMs = await agent.lose();
  const since = () => performance.now() - goneMs;
  const isGone = ({ kind, target }: Fact) => kind === "agent.went_offline" && target?.id === agent.id;
  await eventually(async () => (await factsSince(seq)).some(isGone), { timeoutMs: 20_000, everyMs: 20 });
  expect(since(), `${what}: ${agent.name} missed too late`).toBeLessThan(silentAfterMs + lateMs);
  expect(since(), `${what}: ${agent.name} missed too early`).toBeGreaterThan(silentAfterMs - beatMs);
  await eventually(async () => (await cardsAbout(agent.name, /silent/)).length > told, {
    timeoutMs: 20_000,
    everyMs: 20,
  });
  expect(since(), `${what}: ${agent.name} told too late`).toBeLessThan(silentAfterMs + 2 * lateMs);
}

async function expectBack(agent: SkewedAgent, what: string): Promise<void> {
  const told = (await cardsAbout(agent.name, /Resolved/)).length;
  const cameMs = performance.now();
  await agent.comeBack();
  await eventually(async () => (await cardsAbout(agent.name, /Resolved/)).length > told, {
    timeoutMs: 20_000,
    everyMs: 20,
  });
  expect(performance.now() - cameMs, `${what}: ${agent.name} back, told too late`).toBeLessThan(2 * lateMs);
}

/** Sets the server's clock and waits until the server itself says so. */
async function step(aheadMs: number): Promise<void> {
  await clock?.setAhead(aheadMs);
  await eventually(
    async () => {
      const date = Date.parse((await fetch(`${server.url}/healthz`)).headers.get("date") ?? "");
      return Math.abs(date - Date.now() - aheadMs) < 5_000;
    },
    { timeoutMs: 10_000, everyMs: 50 },
  );
}

async function expectLinesInOrder(): Promise<void> {
  for (const agent of agents) {
    const { items } = await api.call<{ items: { message: string }[] }>(
      "GET",
      `/v1/agents/${agent.id}/logs?limit=500`,
    );
    const shown = items.map(({ message }) => message);
    expect(shown.slice(0, 20).length, agent.name).toBeGreaterThan(5);
    const numbers = shown.map((message) => Number(message.slice(5)));
    expect(numbers, agent.name).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  }
}

const agentOf = (name: keyof typeof skews, number = 1) => {
  const found = agents.find((agent) => agent.name === `${name}-${number}.`);
  if (!found) throw new Error(`no agent ${name}`);
  return found;
};

test("R10: agents whose clocks are off by an hour and a year are judged like the others", async () => {
  const seq = await lastSeq();
  await expectCalm(seq, "clocks that are off");
  for (const agent of agents) agent.skewMs = -agent.skewMs;
  await expectCalm(seq, "clocks that step");
  for (const name of ["year-behind", "year-ahead"] as const) {
    await expectNoticed(agentOf(name), name);
    await expectBack(agentOf(name), name);
  }
  await expectLinesInOrder();
});

/** A command goes its way whatever the clock says. */
async function expectCommandDone(agent: SkewedAgent): Promise<void> {
  const asked = { kind: "health-check", reason: "clocks", waitMs: 60_000 };
  const { id } = await api.call<Command>("POST", `/v1/agents/${agent.id}/commands`, asked);
  const state = async () =>
    (await db.sql<{ state: string }[]>`select state from commands where id = ${id}`)[0];
  await eventually(async () => (await state())?.state === "succeeded", { everyMs: 50 });
}

const offlineFor = (name: string, forMs: number, recoverMs: number) =>
  api.call("POST", "/v1/rules", {
    name,
    scope: { kind: "all" },
    condition: { kind: "offline" },
    severity: "info",
    flap: null,
    forMs,
    recoverMs,
  });

/** Waits until the alert of a rule about an agent is in this state. */
async function expectAlert(rule: string, { id }: SkewedAgent, state: Alert["state"], timeoutMs: number) {
  return eventually(
    async () => {
      const [row] = await db.sql<{ id: string }[]>`
        select id from alerts where rule_name = ${rule} and agent_id = ${id} and state = ${state}`;
      return row?.id;
    },
    { timeoutMs, everyMs: 50 },
  ).catch((error: Error) => {
    throw new Error(`${rule} is not ${state}: ${error.message}`);
  });
}

async function waitingFor(channel: string): Promise<number> {
  const rows = await db.sql`
    select n.id from notifications n join channels c on c.id = n.channel_id
    where c.name = ${channel} and n.state = 'pending'`;
  return rows.length;
}

async function serverTime(): Promise<number> {
  return Date.parse((await fetch(`${server.url}/healthz`)).headers.get("date") ?? "");
}

test.skipIf(faketimeMissing)(
  "R10: the server's clock steps by ten minutes to and fro: nobody is missed, who is gone is, what waits goes on",
  async () => {
    const [first, silenced, second, third] = [
      agentOf("right"),
      agentOf("hour-ahead"),
      agentOf("year-behind"),
      agentOf("hour-behind"),
    ];
    await offlineFor("Lasting", 60_000, 0);
    await offlineFor("Slowly", slowlyMs, slowlyMs);
    const config = { url: teams.url("/busy") };
    await api.call("POST", "/v1/channels", { kind: "teams", name: "Busy", config });
    for (let turn = 0; turn < tries; turn++) {
      let seq = await lastSeq();
      await step(stepMs);
      await expectCalm(seq, "ten minutes ahead");
      await expectCommandDone(second);

      // Set back while a message waits for its next try, an alert is pending, and somebody wants quiet.
      const failed = { "retry-after": String(busyMs / 1_000) };
      const heard = (await teams.received("/busy")).length;
      await teams.script("/busy", [{ kind: "answer", status: 503, headers: failed }]);
      const endsAt = new Date((await serverTime()) + hourMs).toISOString();
      const matchers = [{ label: "agent", op: "=", value: silenced.name }];
      const quiet = await api.call<Silence>("POST", "/v1/silences", { matchers, reason: "planned", endsAt });
      await expectNoticed(first, "ten minutes ahead");
      await eventually(async () => (await teams.received("/busy")).length > heard);
      await step(0);
      await expectAlert("Slowly", first, "firing", slowlyMs + lateMs);
      await eventually(async () => (await waitingFor("Busy")) === 0, {
        timeoutMs: busyMs + lateMs,
        everyMs: 50,
      });
      seq = await lastSeq();
      await expectCalm(seq, "set back to the right time", [first]);
      const heardOf = (await cardsAbout(silenced.name, /silent/)).length;
      await silenced.lose();
      const muted = await expectAlert("Any agent is offline", silenced, "firing", silentAfterMs + lateMs);
      await expectNoticed(second, "set back to the right time");
      const steps =
        await db.sql`select stage from alert_steps where alert_id = ${muted} and outcome = 'held'`;
      expect(steps).toEqual([{ stage: "silence" }]);
      expect(await cardsAbout(silenced.name, /silent/)).toHaveLength(heardOf);
      await api.call("POST", `/v1/silences/${quiet.id}/end`);
      await eventually(async () => (await cardsAbout(silenced.name, /silent/)).length > heardOf);

      // Set back once more: who comes back is told of, also after a while.
      await step(-stepMs);
      for (const agent of [first, silenced, second]) await expectBack(agent, "ten minutes behind");
      await expectAlert("Slowly", first, "resolved", slowlyMs + lateMs);
      await expectCommandDone(first);

      // Set forward while an alert is pending that is not to fire for a minute.
      await expectNoticed(third, "ten minutes behind");
      seq = await lastSeq();
      await step(0);
      await expectCalm(seq, "set forward to the right time", [third]);
      await expectBack(third, "the right time again");
    }
    expect(await db.sql`select * from alerts where rule_name = 'Lasting'`).toEqual([]);
    await expectLinesInOrder();
    const facts = await expectChainWhole(db);
    const ends = facts.filter(({ kind }) => kind === "alert.resolved");
    for (const { seq, target } of ends) {
      const fired = facts.filter((fact) => fact.kind === "alert.fired" && fact.target?.id === target?.id);
      expect(fired).toHaveLength(1);
      expect(fired[0]?.seq).toBeLessThan(seq);
    }
  },
  60_000 + 60_000 * tries,
);
if (faketimeMissing) console.warn(`The server's clock is not stepped: ${faketimeMissing}`);
