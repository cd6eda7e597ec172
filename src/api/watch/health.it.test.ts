import { afterAll, beforeAll, expect, test } from "vitest";
import { createAgent } from "@/domain/fleet/agents";
import { systemCtx } from "@/domain/kernel";
import { writeTurn } from "@/domain/watch/turns";
import { type ApiServer, startApiServer } from "@/testing/api-server";

let server: ApiServer;
let bearer: string;
beforeAll(async () => {
  server = await startApiServer({ settings: { MC_DELIVERY_LAG_MS: "5000" } });
  bearer = (await server.person("admin")).token;
});
afterAll(() => server.stop());

test("the dead-man ping over REST: the address goes in and never comes out", async () => {
  const secret = "https://ping.invalid/uuid-that-nobody-may-see";
  const bad = await server.request("PUT", "/v1/settings/dead-man", { bearer, body: { url: "ftp://x" } });
  expect(bad.status).toBe(400);
  const set = await server.request("PUT", "/v1/settings/dead-man", { bearer, body: { url: secret } });
  expect(set.status, set.text).toBe(200);
  const got = await server.request("GET", "/v1/settings/dead-man", { bearer });
  expect(got.body).toMatchObject({ enabled: true, periodMs: 60_000, last: null });
  expect(set.text + got.text).not.toContain("nobody-may");
  const tested = await server.request("POST", "/v1/settings/dead-man/test", { bearer, body: {} });
  expect(tested.body).toMatchObject({ ok: false, status: 0, answer: expect.stringMatching(/ping\.invalid/) });
  const viewer = (await server.person("viewer")).token;
  expect((await server.request("GET", "/v1/settings/dead-man", { bearer: viewer })).status).toBe(403);
});

test("the watcher's health, with the limits of the settings", async () => {
  const { db, clock } = server.ground;
  await writeTurn(db, "evaluate", clock.now(), { lagMs: 6_000, backlog: 0 });
  await writeTurn(db, "deliver", clock.now(), { lagMs: 6_000, backlog: 3 });
  const { body, status, text } = await server.request("GET", "/v1/watch/health", { bearer });
  expect(status, text).toBe(200);
  expect(body).toMatchObject({
    evaluation: { lagMs: 6_000, late: false },
    delivery: { lagMs: 6_000, late: true, backlog: 0, oldestMs: null },
    broken: [],
    faults: ["Messages are delivered 6 s late."],
  });
});

test("numbers come over HTTP too, and a bad name is refused in a sentence", async () => {
  const { key } = await createAgent(systemCtx(server.ground), { name: "counter" });
  const beat = (numbers: unknown) =>
    server.request("POST", "/v1/agent/beat", {
      bearer: key,
      body: { at: Date.now(), state: "idle", metrics: { numbers } },
    });
  expect((await beat({ "queue.depth": 7 })).status).toBe(200);
  const refused = await beat({ "queue depth": 7 });
  expect(refused.status).toBe(400);
  expect(refused.text).toMatch(/letters, digits/);
  const many = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`n${index}`, 1]));
  expect((await beat(many)).text).toMatch(/at most 32/);
  const { body } = await server.request("GET", "/v1/metrics/names", { bearer });
  expect(body.items).toContainEqual({ name: "cpuPercent", unit: "percent", agents: 0 });
});
