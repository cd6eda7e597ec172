import { get } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemCtx } from "@/domain/kernel";
import { canonicalJson } from "@/domain/kernel/chain";
import { createUser } from "@/domain/people/users";
import { sha256Hex } from "@/platform/crypto";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { eventually } from "@/testing/eventually";

const password = "Correct-horse-7-battery";
let server: ApiServer;
let admin: string;
beforeAll(async () => {
  server = await startApiServer();
  admin = (await server.person("admin")).token;
});
afterAll(() => server.stop());

let count = 0;
async function newUser() {
  const email = `person${++count}@example.com`;
  await createUser(systemCtx(server.ground), { email, name: `Somebody ${count}`, role: "admin", password });
  return email;
}
const login = (identifier: string, typed = password, headers: Record<string, string> = {}) =>
  server.request("POST", "/v1/auth/login", { body: { identifier, password: typed }, headers });
const loginFrom = (address: string, identifier: string, typed = password) =>
  login(identifier, typed, from(address));
async function signIn() {
  const answer = await login(await newUser());
  expect(answer.status, answer.text).toBe(200);
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

test("login sets a cookie that opens the API; logout takes it away", async () => {
  const answer = await login(await newUser());
  const set = answer.headers.get("set-cookie") ?? "";
  for (const attribute of ["HttpOnly", "SameSite=Strict", "Path=/"]) expect(set).toContain(attribute);
  const [cookie = ""] = set.split(";");
  const status = await server.request("GET", "/v1/auth/status", { cookie });
  expect(status.body).toMatchObject({ setupNeeded: false, user: { role: "admin" } });
  const sessions = await server.request("GET", "/v1/auth/sessions", { cookie });
  expect(sessions.body.items).toMatchObject([{ current: true, ip: "127.0.0.1" }]);
  await server.request("POST", "/v1/auth/logout", { cookie });
  expect((await server.request("GET", "/v1/auth/sessions", { cookie })).status).toBe(401);
});

/** As a trusted proxy passes it on. */
const from = (address: string) => ({ "X-Forwarded-For": address });

test("an unknown user and a wrong password get the same answer, and the sixth guess waits", async () => {
  const email = await newUser();
  const login = (identifier: string, typed = password) => loginFrom("127.0.0.5", identifier, typed);
  const wrong = await login(email, "wrong");
  const unknown = await login("nobody@example.com", "wrong");
  const bare = ({ status, text }: typeof wrong) => [status, text.replace(/req_\w+/, "")];
  expect(bare(wrong)).toEqual(bare(unknown));
  expect(wrong.status).toBe(401);
  await Promise.all([1, 2, 3, 4].map(() => login(email, "wrong")));
  const limited = await login(email);
  expect(limited.status).toBe(429);
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(200);
  expect(limited.body).toMatchObject({
    error: { code: "too-many", message: expect.stringContaining("5 minutes") },
  });
  expect((await loginFrom("127.0.0.6", email)).status).toBe(200);
});

test("KO-6: a person's 121st call in a minute waits, by REST and by tRPC; other sessions and pages go on", async () => {
  const [cookie, other] = [await signIn(), await signIn()];
  for (let calls = 0; calls < 119; calls++) await server.request("GET", "/v1/auth/sessions", { cookie });
  expect((await server.request("GET", "/v1/auth/sessions", { cookie })).status).toBe(200);
  const answers = [
    await server.request("GET", "/v1/auth/sessions", { cookie }),
    await server.request("GET", "/api/trpc/sessions.list", { cookie }),
  ];
  for (const { status, headers, text } of answers) {
    expect(status, text).toBe(429);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(30);
    expect(text).toContain("Too many attempts: 120 are allowed within a minute");
  }
  expect((await server.request("GET", "/v1/auth/sessions", { cookie: other })).status).toBe(200);
  for (let calls = 0; calls < 150; calls++) {
    const answer = await server.request("GET", "/v1/auth/sessions", { bearer: admin });
    expect(answer.status).toBe(200);
  }
});

test("the place of a session is the client behind a trusted proxy, and only what that proxy wrote", async () => {
  const email = await newUser();
  const places: unknown[] = [];
  for (const chain of ["192.0.2.7", "127.0.0.1, 192.0.2.8"]) {
    const answer = await loginFrom(chain, email);
    const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
    const { body } = await server.request("GET", "/v1/auth/sessions", { cookie });
    const sessions = body.items as { current: boolean; ip: string }[];
    places.push(sessions.find((session) => session.current)?.ip);
  }
  expect(places).toEqual(["192.0.2.7", "192.0.2.8"]);
});

test("a page of another site can't ride on the cookie, nor sign anyone in", async () => {
  const cookie = await signIn();
  const body = { name: "made by a stranger's page" };
  for (const headers of [
    { Origin: "https://evil.example" },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { Origin: "null" },
    { Origin: server.url.replace(/\d+$/, "1") },
  ] as Record<string, string>[]) {
    const answer = await server.request("POST", "/v1/groups", { cookie, body, headers });
    expect(answer.status, JSON.stringify(headers)).toBe(403);
    expect((await login("a@example.com", "x", headers)).status).toBe(403);
    expect((await server.request("POST", "/api/trpc/groups.create", { cookie, body, headers })).status).toBe(
      403,
    );
  }
  const own = await server.request("POST", "/v1/groups", { cookie, body, headers: { Origin: server.url } });
  expect(own.status, own.text).toBe(201);
  const elsewhere = {
    headers: { Origin: "https://evil.example" },
    bearer: admin,
    body: { name: "by token" },
  };
  expect((await server.request("POST", "/v1/groups", elsewhere)).status).toBe(201);
});

test("errors say what is wrong, in one shape", async () => {
  const post = (body: unknown, headers = {}) =>
    server.request("POST", "/v1/agents", { bearer: admin, body, headers });
  const cases: [string, number, string, Awaited<ReturnType<typeof post>>][] = [
    ["malformed", 400, "not valid JSON", await post("{")],
    ["no object", 400, "must be a JSON object", await post("[]")],
    ["another type", 415, "application/json", await post("name=x", { "Content-Type": "text/plain" })],
    ["wrong field", 400, "name: must not be empty", await post({ name: "" })],
    ["wrong types", 400, "tags", await post({ name: "x", tags: "true" })],
    ["too large", 413, "1 MiB", await post({ name: "x".repeat(1_100_000) })],
    ["unknown path", 404, "/docs", await server.request("GET", "/v1/nothing", { bearer: admin })],
    ["wrong method", 405, "GET", await server.request("PUT", "/v1/agents", { bearer: admin, body: {} })],
    ["bad escape", 400, "%", await server.request("GET", "/v1/agents/%zz", { bearer: admin })],
    ["NUL in an id", 400, "id", await server.request("GET", "/v1/agents/%00", { bearer: admin })],
    ["NUL in a user id", 400, "U+0000", await server.request("GET", "/v1/users/%00", { bearer: admin })],
    [
      "bad credential",
      401,
      "not valid",
      await server.request("GET", "/v1/agents", { bearer: "mct_nothing" }),
    ],
  ];
  for (const [name, status, words, answer] of cases) {
    expect([name, answer.status]).toEqual([name, status]);
    expect(answer.body, name).toMatchObject({
      error: { message: expect.stringContaining(words), requestId: answer.headers.get("x-request-id") },
    });
  }
  expect(cases.find(([name]) => name === "wrong field")?.[3].body).toMatchObject({
    error: { details: { fields: [{ path: "name", message: "must not be empty" }] } },
  });
  expect(cases.find(([name]) => name === "wrong method")?.[3].headers.get("allow")).toContain("POST");
});

test("a weak password is refused rule by rule", async () => {
  const body = { email: "weak@example.com", name: "Weak", role: "viewer", password: "short" };
  const answer = await server.request("POST", "/v1/users", { bearer: admin, body });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    error: {
      details: {
        fields: [
          { path: "password", rule: "length" },
          { path: "password", rule: "classes" },
        ],
      },
    },
  });
});

test("an Idempotency-Key does a mutation once, also when both come together", async () => {
  const headers = { "Idempotency-Key": "one-and-only" };
  const make = (name: string) =>
    server.request("POST", "/v1/agents", { bearer: admin, body: { name }, headers });
  const [first, second] = await Promise.all([make("twice asked"), make("twice asked")]);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect((await make("twice asked")).body).toEqual(first.body);
  const [row] = await server.ground.db.sql`select answer from idempotency_keys where key = 'one-and-only'`;
  expect(JSON.stringify(row)).not.toContain(first.body.key);
  const other = await make("something else");
  expect(other.status).toBe(409);
  const stranger = (await server.person("admin")).token;
  const theirs = await server.request("POST", "/v1/agents", {
    bearer: stranger,
    body: { name: "other" },
    headers,
  });
  expect(theirs.status).toBe(201);
  const wish = {
    bearer: admin,
    body: { kind: "restart", reason: "again" },
    headers: { "Idempotency-Key": "r1" },
  };
  const path = `/v1/agents/${first.body.id}/commands`;
  const commands = [await server.request("POST", path, wish), await server.request("POST", path, wish)];
  expect(commands.map(({ status }) => status)).toEqual([201, 201]);
  expect(commands[1]?.body).toEqual(commands[0]?.body);
});

test("what was asked under an Idempotency-Key can't be guessed from what is kept of it", async () => {
  const body = { email: "kept@example.com", name: "Kept", role: "viewer", password };
  const headers = { "Idempotency-Key": "with-a-password" };
  expect((await server.request("POST", "/v1/users", { bearer: admin, body, headers })).status).toBe(201);
  const [row] = await server.ground.db
    .sql`select request_hash from idempotency_keys where key = 'with-a-password'`;
  const asked = `users.create\n${canonicalJson(body)}`;
  expect(row?.request_hash).toBe(server.ground.sealer.fingerprints(asked, "idempotency")[0]);
  expect(row?.request_hash).not.toBe(sha256Hex(asked));
});

/** An answer as it came, unpacked by nobody. */
const readRaw = (path: string, headers: Record<string, string>) =>
  new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
    get(`${server.url}${path}`, { headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () =>
        resolve({ encoding: res.headers["content-encoding"], body: Buffer.concat(chunks) }),
      );
    }).on("error", reject);
  });

test("long answers are compressed for those who take gzip", async () => {
  const raw = (encoding: string) => readRaw("/v1/openapi.json", { "Accept-Encoding": encoding });
  const [packed, plain, refused] = [await raw("br, gzip"), await raw("identity"), await raw("gzip;q=0")];
  expect([packed.encoding, plain.encoding, refused.encoding]).toEqual(["gzip", undefined, undefined]);
  expect(gunzipSync(packed.body)).toEqual(plain.body);
});

test("the board is one JSON text, packed or plain, and new when an agent is", async () => {
  const raw = async (encoding: string) => {
    const headers = { "Accept-Encoding": encoding, Authorization: `Bearer ${admin}` };
    const { encoding: used, body } = await readRaw("/v1/board", headers);
    return { used, board: JSON.parse((used ? gunzipSync(body) : body).toString()) };
  };
  const named = { name: "first on the board" };
  const made = await server.request("POST", "/v1/agents", { bearer: admin, body: named });
  const names = async (encoding: string) => (await raw(encoding)).board.columns.name;
  await eventually(async () => (await names("gzip")).includes("first on the board"));
  const path = `/v1/agents/${made.body.id}`;
  await server.request("PATCH", path, { bearer: admin, body: { name: "renamed on the board" } });
  await eventually(async () => (await names("gzip")).includes("renamed on the board"));
  expect(await names("identity")).toEqual(await names("gzip"));
  const [packed, plain] = [await raw("gzip"), await raw("identity")];
  expect([packed.used, plain.used]).toEqual(["gzip", undefined]);
  expect(Object.keys(packed.board).sort()).toEqual(Object.keys(plain.board).sort());
  expect(Object.keys(packed.board.columns)).toEqual(Object.keys(plain.board.columns));
});

test("the explorer comes from here and holds no inline script", async () => {
  const page = await server.request("GET", "/docs");
  expect(page.status).toBe(200);
  for (const [, attributes, inside] of page.text.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)) {
    expect(attributes).toMatch(/src="\/docs\/[\w.-]+"/);
    expect(inside).toBe("");
  }
  for (const name of ["swagger-ui.css", "swagger-ui-bundle.js", "start.js"]) {
    expect((await server.request("GET", `/docs/${name}`)).status, name).toBe(200);
  }
  expect((await server.request("GET", "/docs/..%2f..%2fpackage.json")).status).toBe(404);
  expect((await server.request("GET", "/elsewhere")).status).toBe(418);
});
