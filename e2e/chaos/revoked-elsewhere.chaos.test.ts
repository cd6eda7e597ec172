import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandLineClientId, grantTypes } from "@/contracts/people/oauth";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { freePort, startRedis, type TestRedis } from "@/testing/redis";
import { type ServerProcess, startServerProcess, testOwner } from "@/testing/server-process";

/**
 * Who loses a right on A loses the socket on B, by the word of the bus. B's own check, once a minute, would call the
 * same thing "expired", or would see nothing at all: the reason of the goodbye tells the two apart.
 */
let db: TestDatabase;
let redis: TestRedis;
let a: ServerProcess;
let b: ServerProcess;
let owner: Record<string, string>;
const sockets: Socket[] = [];
const password = "Battery-Staple-77-Horse";

beforeAll(async () => {
  db = await testDatabase();
  redis = await startRedis();
  // One public address, as behind a balancer: it is the issuer of access tokens.
  const env = {
    DATABASE_URL: db.url,
    REDIS_URL: redis.url,
    MC_SECRET: "ab".repeat(32),
    MC_URL: `http://127.0.0.1:${await freePort()}`,
  };
  a = await startServerProcess(env);
  b = await startServerProcess(env);
  owner = await signIn(testOwner.email, testOwner.password);
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await a?.close();
  await b?.close();
  await redis?.stop();
  await db?.close();
});

type Who = Record<string, string>;
type Words = { id: string; items: { id: string }[]; ask: string } & Record<string, string>;

async function ask(server: ServerProcess, who: Who, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${server.url}/v1${path}`, {
    method,
    headers: { "content-type": "application/json", ...who },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Words, headers: answer.headers };
}
async function done(...request: Parameters<typeof ask>): Promise<Words> {
  const { status, body } = await ask(...request);
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
}
async function signIn(identifier: string, typed = password): Promise<Who> {
  const { headers } = await ask(a, {}, "POST", "/auth/login", { identifier, password: typed });
  return { cookie: headers.get("set-cookie")?.split(";")[0] ?? "" };
}
async function person(name: string, role = "viewer") {
  const email = `${name}@example.test`;
  const { id } = await done(a, owner, "POST", "/users", { email, name, role, password });
  return { id, session: await signIn(email) };
}
/** A socket on B that is in, and the words with which it is sent away. */
async function watch(who: Who, token?: string) {
  const words: string[] = [];
  const socket = io(`${b.url}/console`, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    extraHeaders: who,
    ...(token ? { auth: { token } } : {}),
  });
  sockets.push(socket);
  socket.on("goodbye", ({ reason }: { reason: string }) => void words.push(reason));
  socket.on("connect_error", ({ message }) => void words.push(message));
  await eventually(() => socket.connected || words.length > 0);
  expect(words).toEqual([]);
  return { socket, words };
}
async function sentAway({ socket, words }: Awaited<ReturnType<typeof watch>>, reason: string) {
  await eventually(() => socket.disconnected);
  expect(words).toEqual([reason]);
}
const seesOnB = async (who: Who, path = "/agents") => (await ask(b, who, "GET", path)).status;

test("a session that is revoked on A is over on B", async () => {
  const ada = await person("ada");
  const [watched, other] = [await watch(ada.session), await watch(owner)];
  expect(await seesOnB(ada.session)).toBe(200);
  const { items } = await done(a, owner, "GET", `/users/${ada.id}/sessions`);
  expect(items).toHaveLength(1);
  await done(a, owner, "DELETE", `/auth/sessions/${items[0]?.id}`);
  expect(await seesOnB(ada.session)).toBe(401);
  await sentAway(watched, "revoked");
  expect(other.socket.connected).toBe(true);
});

test("a person who is disabled on A is out on B", async () => {
  const bob = await person("bob");
  const watched = await watch(bob.session);
  await done(a, owner, "PATCH", `/users/${bob.id}`, { disabled: true });
  expect(await seesOnB(bob.session)).toBe(401);
  await sentAway(watched, "disabled");
});

test("a role that is changed on A takes the socket on B, and its rights with the next request", async () => {
  const cy = await person("cy", "admin");
  const watched = await watch(cy.session);
  // To another role and back while B stands still: its check could never tell, only the bus has kept the word.
  b.pause();
  await done(a, owner, "PATCH", `/users/${cy.id}`, { role: "viewer" });
  await done(a, owner, "PATCH", `/users/${cy.id}`, { role: "admin" });
  b.resume();
  await sentAway(watched, "role");
  expect(await seesOnB(cy.session, "/users")).toBe(200);
  await done(a, owner, "PATCH", `/users/${cy.id}`, { role: "viewer" });
  expect(await seesOnB(cy.session, "/users")).toBe(403);
});

test("a program that is signed out on A is out on B, and its person stays", async () => {
  const dee = await person("dee");
  const client = { client_id: commandLineClientId, client_name: "mc on laptop" };
  const begun = await done(a, {}, "POST", "/oauth/device_authorization", client);
  const seen = await done(a, dee.session, "POST", "/oauth/device", { code: begun.user_code });
  await done(a, dee.session, "POST", "/oauth/device/decision", { ask: seen.ask, approve: true });
  const { access_token: token = "" } = await done(a, {}, "POST", "/oauth/token", {
    ...client,
    grant_type: grantTypes.deviceCode,
    device_code: begun.device_code,
  });
  const program = { authorization: `Bearer ${token}` };
  expect(await seesOnB(program)).toBe(200);
  const [watched, page] = [await watch({}, token), await watch(dee.session)];
  const { items } = await done(a, dee.session, "GET", "/auth/programs");
  await done(a, dee.session, "DELETE", `/auth/programs/${items[0]?.id}`);
  expect(await seesOnB(program)).toBe(401);
  await sentAway(watched, "revoked");
  expect(page.socket.connected).toBe(true);
});

test("where no mail is set up, nobody holds the lease of the letters", async () => {
  const names = async () => (await db.sql`select name from leases`).map(({ name }) => name);
  await eventually(async () => (await names()).includes("deliver"));
  expect(await names()).not.toContain("letters");
});
