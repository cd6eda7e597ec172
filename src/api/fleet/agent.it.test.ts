import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mountApi } from "@/api/http";
import { BoardFeed } from "@/domain/fleet/board/feed";
import { createAgentCommands } from "@/domain/fleet/commands";
import { createJoinToken } from "@/domain/fleet/join-tokens/create-join-token";
import { findAgentByKey } from "@/domain/fleet/keys/find-agent-by-key";
import { AgentDoor } from "@/domain/fleet/presence";
import { createAuthenticator, Visits } from "@/domain/people/sessions";
import { readEnv } from "@/platform/env";
import { createMailer } from "@/platform/mail";
import { createOut } from "@/platform/out";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";

const adminToken = "break-glass-token-of-this-test-only-0123456789";
let ground: TestGround;
let door: AgentDoor;
let feed: BoardFeed;
let commands: ReturnType<typeof createAgentCommands>;
let server: Server;
let url: string;

beforeAll(async () => {
  ground = await testGround();
  door = new AgentDoor(ground);
  feed = await BoardFeed.start(ground, {});
  commands = createAgentCommands(ground);
  const out = createOut({ allow: [], clock: ground.clock, log: ground.log });
  const env = readEnv({ PORT: "0" });
  const mailer = createMailer({ clock: ground.clock, log: ground.log });
  const authenticate = createAuthenticator(ground, {
    url: env.url,
    apiToken: adminToken,
    findAgent: (keyHash, from) => findAgentByKey(ground, keyHash, from),
  });
  const visits = new Visits(ground, authenticate);
  const parts = { env, instanceId: "test", feed, door, commands, out, mailer, sso: null, visits };
  const runtime = { ...ground, ...parts };
  const answer = mountApi({ runtime, authenticate });
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}/v1`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await commands.stop();
  feed.stop();
  await door.stop();
  await ground.db.close();
});

async function call(method: string, path: string, bearer: string | null, body?: unknown) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

it("takes a whole life of an agent over HTTP: join, beat, log, report, goodbye, revoked", async () => {
  const { token } = await createJoinToken(personCtx(ground), { group: "Cron", uses: 1, expiresInMinutes: 5 });
  const joined = await call("POST", "/agent/join", token, { name: "nightly" });
  expect(joined).toMatchObject({ status: 201, body: { name: "nightly", group: "Cron" } });
  const { id, key } = joined.body;
  const beat = { at: Date.now(), state: "working", task: "backup", hostname: "cron-1", sessionId: "run-1" };
  expect(await call("POST", "/agent/beat", key, beat)).toMatchObject({ status: 200, body: { ok: true } });
  const lines = [{ seq: 0, at: Date.now(), level: "warn", message: "slow disk" }];
  const logged = await call("POST", "/agent/logs", key, { lines, sessionId: "run-1" });
  expect(logged).toMatchObject({ status: 200, body: { ok: true, through: 0 } });
  const note = { id: "n1", at: Date.now(), kind: "note", title: "half done" };
  expect((await call("POST", "/agent/activity", key, note)).status).toBe(200);
  expect(await call("GET", "/agent/commands?waitMs=10", key)).toMatchObject({
    status: 200,
    body: { items: [] },
  });
  const shown = await eventually(async () => {
    const answer = await call("GET", `/agents/${id}`, adminToken);
    return answer.body.status === "online" ? answer.body : null;
  });
  expect(shown).toMatchObject({ host: "cron-1", task: "backup", sessionId: "run-1" });
  const log = await call("GET", `/agents/${id}/logs?limit=10&level=warn`, adminToken);
  expect(log.body.items).toMatchObject([{ message: "slow disk" }]);
  const file = await call("GET", `/agents/${id}/logs/download`, adminToken);
  expect(file.body).toMatchObject({ text: expect.stringContaining("WARN  slow disk"), lines: 1 });
  expect((await call("POST", "/agent/bye", key, { reason: "done" })).status).toBe(200);
  expect((await call("GET", `/agents/${id}`, adminToken)).body.status).toBe("stopped");
  const keys = await call("GET", `/agents/${id}/keys`, adminToken);
  const revoke = `/agents/${id}/keys/${keys.body.items[0].id}`;
  expect((await call("DELETE", revoke, adminToken)).status).toBe(200);
  expect((await call("POST", "/agent/beat", key, beat)).status).toBe(401);
});

it("refuses with a fitting status and a sentence, never with a 500", async () => {
  const made = await call("POST", "/agents", adminToken, { name: "strict" });
  expect(made.status).toBe(201);
  const { id, key } = made.body;
  const cases: [string, string, string | null, unknown, number][] = [
    ["POST", "/agent/join", null, { name: "x" }, 401],
    ["POST", "/agent/join", "mcj_wrong", { name: "x" }, 401],
    ["POST", "/agents", adminToken, { name: "STRICT" }, 409],
    ["POST", "/agents", adminToken, { name: " \u0000 " }, 400],
    ["POST", "/agents", adminToken, { name: "y", tags: ["Ünfit tag"] }, 400],
    ["POST", "/agents", key, { name: "z" }, 403],
    ["GET", "/agents", key, undefined, 403],
    ["POST", "/agent/beat", adminToken, { at: 1, state: "idle" }, 403],
    ["POST", "/agent/beat", key, { at: 1, state: "dancing" }, 400],
    ["POST", "/agent/commands/cmd_nope", key, { state: "running" }, 404],
    ["GET", `/agents/${id}%00`, adminToken, undefined, 400],
    ["GET", "/agents/agt_nope", adminToken, undefined, 404],
    ["GET", "/agents/agt_nope/logs", adminToken, undefined, 404],
    ["GET", `/agents/${id}/logs?cursor=abc`, adminToken, undefined, 400],
    ["GET", `/agents/${id}/timeline?cursor=abc`, adminToken, undefined, 400],
    ["GET", "/agents?q=%25&limit=9999", adminToken, undefined, 400],
    ["PATCH", `/agents/${id}`, adminToken, { group: "\ud800" }, 200],
    ["DELETE", `/agents/${id}/keys/key_nope`, adminToken, undefined, 404],
    ["DELETE", "/join-tokens/jot_nope", adminToken, undefined, 404],
    ["DELETE", `/agents/${id}`, adminToken, undefined, 200],
    ["DELETE", `/agents/${id}`, adminToken, undefined, 404],
  ];
  for (const [method, path, bearer, body, status] of cases) {
    const answer = await call(method, path, bearer, body);
    expect([method, path, answer.status]).toEqual([method, path, status]);
    if (status >= 400) expect(answer.body.error.message.length).toBeGreaterThan(10);
  }
});
