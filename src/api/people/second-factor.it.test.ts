import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "@/contracts/people/role";
import { sessions, totpFactors } from "@/db/schema";
import { systemCtx } from "@/domain/kernel";
import { createUser } from "@/domain/people/users";
import { type ApiAnswer, type ApiServer, startApiServer } from "@/testing/api-server";
import { totpCodeAt } from "@/testing/totp";

const password = "Correct-horse-7-battery";
let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer();
});
afterAll(() => server.stop());

let count = 0;
async function newPerson(role: Role) {
  const email = `person${++count}@example.com`;
  const { id } = await createUser(systemCtx(server.ground), {
    email,
    name: `Somebody ${count}`,
    role,
    password,
  });
  return { id, email };
}
const cookieOf = (answer: ApiAnswer) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";
const login = (identifier: string) =>
  server.request("POST", "/v1/auth/login", { body: { identifier, password } });
const code = (secret: string) => totpCodeAt(secret, server.ground.clock.now());
/** Forgets which code was used last, as half a minute does. */
const laterFor = (userId: string) =>
  server.ground.db.orm.update(totpFactors).set({ lastStep: 0 }).where(eq(totpFactors.userId, userId));

async function enrol(cookie: string): Promise<string> {
  const begun = await server.request("POST", "/v1/auth/totp", { cookie, body: {} });
  expect(begun.status, begun.text).toBe(200);
  const secret = String(begun.body.secret);
  const confirmed = await server.request("POST", "/v1/auth/totp/confirm", {
    cookie,
    body: { code: code(secret) },
  });
  expect(confirmed.status, confirmed.text).toBe(200);
  expect(confirmed.body.recoveryCodes).toHaveLength(10);
  return secret;
}

test("with a second factor the password gets a ticket and no cookie; the code gets the session", async () => {
  const { id, email } = await newPerson("admin");
  const secret = await enrol(cookieOf(await login(email)));
  await laterFor(id);
  const asked = await login(email);
  expect(asked.status).toBe(200);
  expect(asked.body).toEqual({ next: "second-factor", ticket: expect.any(String), methods: ["totp"] });
  expect(asked.headers.get("set-cookie")).toBeNull();
  const finish = (typed: string) =>
    server.request("POST", "/v1/auth/second-factor", { body: { ticket: asked.body.ticket, code: typed } });
  const wrong = await finish("000000");
  expect(wrong.status).toBe(401);
  expect(wrong.body).toMatchObject({ error: { details: { fields: [{ path: "code" }] } } });
  const done = await finish(code(secret));
  expect(done.status, done.text).toBe(200);
  const status = await server.request("GET", "/v1/auth/status", { cookie: cookieOf(done) });
  expect(status.body).toMatchObject({ user: { id }, mustEnrol: false });

  await server.ground.db.orm
    .update(sessions)
    .set({ stepUpAt: new Date(0) })
    .where(eq(sessions.userId, id));
  const make = () =>
    server.request("POST", "/v1/auth/tokens", {
      cookie: cookieOf(done),
      body: { name: "deploy", role: "admin" },
    });
  const refused = await make();
  expect(refused.status).toBe(403);
  expect(refused.body).toMatchObject({ error: { details: { stepUp: true } } });
  await laterFor(id);
  const fresh = await server.request("POST", "/v1/auth/step-up", {
    cookie: cookieOf(done),
    body: { code: code(secret) },
  });
  expect(fresh.status, fresh.text).toBe(200);
  expect((await make()).status).toBe(201);
});

test("a role that must have a factor gets only the way to set one up, by REST and tRPC", async () => {
  const boss = await newPerson("operator");
  const { token } = await server.person("admin");
  const policy = await server.request("PUT", "/v1/settings/second-factor", {
    bearer: token,
    body: { requiredFor: ["operator"] },
  });
  expect(policy.body, policy.text).toEqual({ requiredFor: ["operator"] });
  const cookie = cookieOf(await login(boss.email));
  for (const path of ["/v1/agents", "/v1/auth/sessions", "/api/trpc/agents.list"]) {
    const refused = await server.request("GET", path, { cookie });
    expect(refused.status, path).toBe(403);
    expect(refused.text).toContain("Set up a passkey or an authenticator app first");
    expect(refused.text).toContain('"enrol":true');
  }
  expect((await server.request("GET", "/v1/auth/status", { cookie })).body).toMatchObject({
    mustEnrol: true,
  });
  expect((await server.request("GET", "/v1/auth/second-factor", { cookie })).body).toMatchObject({
    required: true,
    totpSince: null,
  });
  await enrol(cookie);
  expect((await server.request("GET", "/v1/agents", { cookie })).status).toBe(200);
  await server.request("PUT", "/v1/settings/second-factor", { bearer: token, body: { requiredFor: [] } });
});

test("a token has no second factor and is told so", async () => {
  const { token } = await server.person("viewer");
  const answer = await server.request("POST", "/v1/auth/totp", { bearer: token, body: {} });
  expect(answer.status).toBe(409);
  expect(answer.text).toContain("a token has none");
});

test("recovery signs in with a new password", async () => {
  const { email } = await newPerson("viewer");
  const cookie = cookieOf(await login(email));
  const made = await server.request("POST", "/v1/auth/recovery-codes", {
    cookie,
    body: { current: password },
  });
  const [first] = made.body.recoveryCodes as string[];
  const body = { identifier: email, code: first, password: "Wandering-moss-31-lantern" };
  const answer = await server.request("POST", "/v1/auth/recover", { body });
  expect(answer.status, answer.text).toBe(200);
  expect((await server.request("GET", "/v1/auth/sessions", { cookie })).status).toBe(401);
  const again = await server.request("GET", "/v1/auth/sessions", { cookie: cookieOf(answer) });
  expect(again.body.items).toHaveLength(1);
  expect((await server.request("POST", "/v1/auth/recover", { body })).status).toBe(401);
});
