import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemCtx } from "@/domain/kernel";
import { createToken } from "@/domain/people/tokens";
import { type ApiServer, startApiServer } from "@/testing/api-server";

let server: ApiServer;
let admin: { id: string; token: string };
let client: { id: string; secret: string };
beforeAll(async () => {
  server = await startApiServer();
  admin = await server.person("admin");
  const made = await server.request("POST", "/v1/oauth/clients", {
    bearer: admin.token,
    body: { name: "ci", role: "viewer" },
  });
  expect(made.status, made.text).toBe(201);
  client = made.body as typeof client;
});
afterAll(() => server.stop());

const form = { "Content-Type": "application/x-www-form-urlencoded" };
const basic = (id: string, secret: string) => ({
  Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});
const token = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  server.request("POST", "/v1/oauth/token", {
    body: new URLSearchParams(fields).toString(),
    headers: { ...form, ...headers },
  });
const machine = { grant_type: "client_credentials" };

test("a machine proves itself by Basic, by form or by JSON, and gets a token that works", async () => {
  const inForm = { ...machine, client_id: client.id, client_secret: client.secret };
  const answers = [
    await token(machine, basic(client.id, client.secret)),
    await token(inForm),
    await server.request("POST", "/v1/oauth/token", { body: inForm }),
  ];
  for (const { status, body, headers, text } of answers) {
    expect(status, text).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 600, scope: "board:read" });
    expect(headers.get("Cache-Control")).toBe("no-store");
    const bearer = String(body.access_token);
    expect((await server.request("GET", "/v1/agents", { bearer })).status).toBe(200);
    expect((await server.request("POST", "/v1/agents", { bearer, body: { name: "x" } })).status).toBe(403);
  }
});

test("the secret is shown once, and no answer tells an unknown client from a wrong secret", async () => {
  const list = await server.request("GET", "/v1/oauth/clients", { bearer: admin.token });
  expect(list.text).toContain(client.id);
  expect(list.text).not.toContain(client.secret);
  const startedMs = performance.now();
  const wrong = await token(machine, basic(client.id, "mcs_wrong"));
  const unknown = await token(machine, basic("cli_00000000000000000000000000", client.secret));
  expect(performance.now() - startedMs).toBeGreaterThan(590);
  expect(wrong.status).toBe(401);
  expect(wrong.headers.get("WWW-Authenticate")).toContain("Basic");
  expect(wrong.body).toEqual(unknown.body);
  expect(wrong.body).toEqual({ error: "invalid_client", error_description: expect.any(String) });
});

test("guesses of a client's secret are limited, and the right one still comes in", async () => {
  let last = await token(machine, basic(client.id, "mcs_wrong"));
  for (let tries = 0; tries < 6 && last.status === 401; tries++) {
    last = await token(machine, basic(client.id, "mcs_wrong"));
  }
  expect(last).toMatchObject({ status: 429, body: { error: "slow_down" } });
  expect(Number(last.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect((await token(machine, basic(client.id, client.secret))).status).toBe(200);
});

test("what is wrong is said in the words of the RFC", async () => {
  const cases: [Record<string, string>, Record<string, string>, string][] = [
    [{}, {}, "invalid_request"],
    [{ grant_type: "password" }, {}, "unsupported_grant_type"],
    [{ grant_type: "refresh_token", client_id: "mc" }, {}, "invalid_request"],
    [{ grant_type: "refresh_token", client_id: "mc", refresh_token: "mcr_x" }, {}, "invalid_grant"],
    [{ grant_type: "refresh_token", client_id: "other", refresh_token: "mcr_x" }, {}, "invalid_client"],
    [
      { grant_type: "urn:ietf:params:oauth:grant-type:device_code", client_id: "mc", device_code: "x" },
      {},
      "invalid_grant",
    ],
    [{ ...machine, scope: "users:manage" }, basic(client.id, client.secret), "invalid_scope"],
    [{ ...machine, client_secret: "twice" }, basic(client.id, client.secret), "invalid_request"],
    [{ ...machine, client_id: "another" }, basic(client.id, client.secret), "invalid_request"],
    [machine, { Authorization: "Basic !!!" }, "invalid_client"],
    [machine, { Authorization: "Basic bm9jb2xvbg==" }, "invalid_client"],
  ];
  for (const [fields, headers, error] of cases) {
    const answer = await token(fields, headers);
    expect(answer.body, JSON.stringify(fields)).toEqual({ error, error_description: expect.any(String) });
  }
  const post = (body: string, type = form["Content-Type"]) =>
    server.request("POST", "/v1/oauth/token", { body, headers: { "Content-Type": type } });
  for (const answer of [
    await post("grant_type=x&grant_type=y"),
    await post("{", "application/json"),
    await post("[]", "application/json"),
    await post("grant_type=x", "text/plain"),
  ]) {
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  }
  expect((await server.request("GET", "/v1/oauth/token")).status).toBe(405);
});

test("whatever is sent to the OAuth2 endpoints, it is never a 500", async () => {
  const paths = ["token", "device_authorization", "revoke"];
  const nasty = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "\u0000",
      "\ud800",
      "urn:ietf:params:oauth:grant-type:device_code",
      "refresh_token",
      "client_credentials",
      "mc",
    ),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const names = [
    "grant_type",
    "client_id",
    "client_secret",
    "client_name",
    "scope",
    "device_code",
    "refresh_token",
    "token",
  ];
  const fields = fc.record(Object.fromEntries(names.map((name) => [name, nasty])), { requiredKeys: [] });
  const wishes = fc.sample(fc.tuple(fc.constantFrom(...paths), fields), { numRuns: 150, seed: 20261121 });
  await Promise.all(
    wishes.map(async ([path, body]) => {
      const answer = await server.request("POST", `/v1/oauth/${path}`, { body });
      const about = `${path} ${JSON.stringify(body)}: ${answer.text}`;
      expect(answer.status, about).toBeLessThan(500);
      const refused = { error: expect.any(String), error_description: expect.any(String) };
      if (answer.status >= 400) expect(answer.body, about).toEqual(refused);
    }),
  );
});

test("everybody can read the public keys at both addresses, and nothing private is among them", async () => {
  const [one, other] = [
    await server.request("GET", "/v1/auth/jwks"),
    await server.request("GET", "/.well-known/jwks.json"),
  ];
  expect(one.body).toEqual(other.body);
  expect(one.body).toMatchObject({ keys: [{ kty: "EC", crv: "P-256", alg: "ES256", use: "sig" }] });
  expect(Object.keys((one.body.keys as object[])[0] ?? {}).sort()).toEqual(
    ["alg", "crv", "kid", "kty", "use", "x", "y"].sort(),
  );
});

test("a scoped API token does what it was made for and nothing else", async () => {
  const signedIn = await server.request("GET", "/v1/auth/status", { bearer: admin.token });
  expect(signedIn.body.permissions).toContain("users:manage");
  const ctx = {
    ...systemCtx(server.ground),
    actor: { kind: "user" as const, id: admin.id, name: "Admin" },
    role: "admin" as const,
  };
  const { token: bearer } = await createToken(ctx, {
    name: "reader",
    role: "admin",
    scopes: ["board:read", "audit:read"],
  });
  expect((await server.request("GET", "/v1/auth/status", { bearer })).body.permissions).toEqual([
    "board:read",
    "audit:read",
  ]);
  expect((await server.request("GET", "/v1/audit", { bearer })).status).toBe(200);
  const refused = await server.request("GET", "/v1/users", { bearer });
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("made without users:manage");
  await expect(
    createToken(ctx, { name: "beyond", role: "viewer", scopes: ["agents:operate"] }),
  ).rejects.toMatchObject({ code: "invalid", details: { fields: [{ path: "scopes" }] } });
});
