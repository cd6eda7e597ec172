import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { systemCtx } from "@/domain/kernel";
import { sessionCookies } from "@/domain/people/sessions";
import { changeUser, createUser, deleteUser } from "@/domain/people/users";
import { createListener } from "@/platform/web/listener";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { type MailServer, startMailServer } from "@/testing/mail-server";
import { rawRequest } from "@/testing/raw-request";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";

const home = "https://control.example";
const password = "Correct-horse-7-battery";
let mail: MailServer;
/** As in production: https by name, behind a proxy that is trusted. */
let server: WholeServer;
/** Reached directly: no proxy is trusted. */
let bare: ApiServer;

beforeAll(async () => {
  mail = await startMailServer();
  server = await startWholeServer({
    settings: { MC_URL: home, SMTP_URL: mail.url, MC_MAIL_FROM: "mc@example.com" },
  });
  bare = await startApiServer({ settings: { MC_TRUSTED_PROXIES: "" } });
});
afterAll(async () => {
  await server.stop();
  await bare.stop();
  await mail.stop();
});

let count = 0;
async function newUser(on: ApiServer = server, role: "admin" | "viewer" = "admin") {
  const email = `mark${++count}@example.com`;
  const user = await createUser(systemCtx(on.ground), { email, name: `Mark ${count}`, role, password });
  return { ...user, email };
}
const login = (identifier: string, headers: Record<string, string> = {}, on: ApiServer = server) =>
  on.request("POST", "/v1/auth/login", {
    body: { identifier, password },
    headers: { "X-Forwarded-For": `198.18.1.${++count}`, ...headers },
  });
const cookieOf = (answer: Awaited<ReturnType<typeof login>>) =>
  (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
const sessionsBy = (cookie: string) => server.request("GET", "/v1/auth/sessions", { cookie });

test("signing in never takes up a session that was there before: what an attacker planted stays theirs", async () => {
  const planted = cookieOf(await login((await newUser()).email));
  const answer = await login((await newUser()).email, { Cookie: planted });
  const own = cookieOf(answer);
  expect(answer.headers.get("set-cookie")).toMatch(/^__Host-mc_session=.*; Secure/);
  expect(own).not.toBe(planted);
  const [first, second] = [(await sessionsBy(planted)).body, (await sessionsBy(own)).body];
  expect(first.items).toHaveLength(1);
  expect(second.items).not.toEqual(first.items);
});

test("cookies tossed in by neighbours neither open nor shut the door", async () => {
  const own = cookieOf(await login((await newUser()).email));
  const { sealer } = server.ground;
  for (const tossed of [
    "%",
    "theme=%E0%A4%A",
    "__Host-mc_session=guess",
    `__Host-mc_session=${sealer.seal("guess", "another purpose")}`,
    "__Host-mc_session=",
  ]) {
    expect((await sessionsBy(`${tossed}; ${own}`)).status, tossed).toBe(200);
    expect((await sessionsBy(tossed)).status, tossed).toBe(401);
  }
  // The name without the prefix can be set by any sister host, so it counts for nothing here.
  expect((await sessionsBy(own.replace("__Host-", ""))).status).toBe(401);
  const cookies = sessionCookies(server.ground, home);
  expect(cookies.read(cookies.carrying("token").split(";")[0])).toBe("token");
});

test("the last admins can't take each other away at the same moment, by two instances", async () => {
  const there = { ...bare.ground, db: connect(bare.ground.db.url) };
  const [here, beyond] = [systemCtx(bare.ground), systemCtx(there)];
  for (const round of [0, 1, 2, 3, 4, 5]) {
    const [one, two] = [await newUser(bare), await newUser(bare)];
    await bare.ground.db.sql`delete from users where role = 'admin' and id not in (${one.id}, ${two.id})`;
    const outcomes = await Promise.allSettled([
      round % 2 ? deleteUser(here, one.id) : changeUser(here, { id: one.id, role: "viewer" }),
      round % 3 ? changeUser(beyond, { id: two.id, disabled: true }) : deleteUser(beyond, two.id),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const left = await bare.ground.db.sql`select 1 from users where role = 'admin' and disabled_at is null`;
    expect(left).toHaveLength(1);
  }
  await there.db.close();
});

test("a mailed link leads to our address, whatever host the request names", async () => {
  const { email, id } = await newUser();
  const answer = await rawRequest(server.url, {
    method: "POST",
    path: "/v1/auth/password/forgot",
    headers: {
      Host: "evil.example",
      "X-Forwarded-Host": "evil.example",
      "X-Forwarded-Proto": "https",
      Forwarded: "host=evil.example",
      "Content-Type": "application/json",
    },
    body: JSON.stringify({ identifier: email }),
  });
  expect(answer.status, answer.text).toBe(200);
  const letter = await mail.mailTo(email);
  expect(letter.body).toContain(`${home}/reset#mcp_`);
  expect(letter.raw).not.toContain("evil.example");
  await changeUser(systemCtx(server.ground), { id, disabled: true });
});

test("without a trusted proxy nobody gets new tries by a made-up address", async () => {
  const { email } = await newUser(bare);
  const statuses: number[] = [];
  for (const turn of [1, 2, 3, 4, 5, 6]) {
    const headers = { "X-Forwarded-For": `203.0.113.${turn}`, "X-Real-IP": "203.0.113.9" };
    const body = { identifier: email, password: "Wrong-horse-7-battery" };
    statuses.push((await bare.request("POST", "/v1/auth/login", { body, headers })).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
});

test("codes of devices can't be guessed: five looks in five minutes, by whatever session", async () => {
  const { email } = await newUser();
  const statuses: number[] = [];
  for (const code of ["BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD", "FFFF-FFFF", "GGGG-GGGG", "HHHH-HHHH"]) {
    const cookie = cookieOf(await login(email));
    const answer = await server.request("POST", "/v1/oauth/device", { cookie, body: { code } });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
});

test("one account, two people: sessions, passkeys and tokens of the other do not exist", async () => {
  const victim = await newUser();
  const theirs = cookieOf(await login(victim.email));
  const [session] = (await sessionsBy(theirs)).body.items as { id: string }[];
  const made = await server.request("POST", "/v1/auth/tokens", {
    cookie: theirs,
    body: { name: "theirs", role: "viewer" },
  });
  expect(made.status, made.text).toBe(201);
  const passkey = server.ground.ids.id("psk");
  await server.ground.db
    .sql`insert into passkeys (id, account_id, user_id, credential_id, public_key, counter,
    transports, backed_up, name, created_at) values (${passkey}, 'acc_main', ${victim.id}, ${passkey}, 'x', 0, '{}',
    false, 'theirs', now())`;
  const thief = cookieOf(await login((await newUser(server, "viewer")).email));
  for (const [method, path, body] of [
    ["DELETE", `/v1/auth/sessions/${session?.id}`],
    ["DELETE", `/v1/auth/passkeys/${passkey}`],
    ["PATCH", `/v1/auth/passkeys/${passkey}`, { name: "mine" }],
    ["DELETE", `/v1/auth/tokens/${String(made.body.id)}`],
  ] as const) {
    const answer = await server.request(method, path, { cookie: thief, ...(body ? { body } : {}) });
    expect([403, 404], `${method} ${path}: ${answer.text}`).toContain(answer.status);
  }
  expect((await sessionsBy(theirs)).status).toBe(200);
  const bearer = String(made.body.token);
  expect((await server.request("GET", "/v1/auth/status", { bearer })).status).toBe(200);
});

test("nesting that would end the stack is bad input, also where answers are kept for a repeat", async () => {
  const { token } = await bare.person("admin");
  for (const path of ["/v1/groups", "/api/trpc/groups.create"]) {
    const answer = await bare.request("POST", path, {
      bearer: token,
      headers: { "Idempotency-Key": `deep${path.length}` },
      body: `{"name":"deep","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    });
    expect(answer.status, answer.text).toBe(400);
  }
});

test("bodies that are too large or batches that are too long are refused at every door", async () => {
  const big = Buffer.alloc(1_200_000, 0x20);
  for (const path of ["/v1/auth/login", "/api/trpc/auth.login", "/v1/oauth/token"]) {
    const lengths: [string, string][] = [
      ["Content-Length", String(big.length)],
      ["Transfer-Encoding", "chunked"],
    ];
    for (const length of lengths) {
      const type = { "Content-Type": "application/json", "X-Forwarded-For": `198.18.2.${++count}` };
      const sent = { method: "POST", path, headers: { ...type, ...Object.fromEntries([length]) } };
      expect((await rawRequest(server.url, { ...sent, body: big })).status, path).toBe(413);
    }
  }
  const names = Array.from({ length: 51 }, () => "auth.status").join(",");
  expect((await server.request("GET", `/api/trpc/${names}?batch=1`)).status).toBe(400);
});

/** What comes back for these bytes until the server closes, or says nothing for `quietMs`. */
async function exchange(
  url: string,
  text: string,
  quietMs = 400,
): Promise<{ said: string; closed: boolean }> {
  const { hostname, port } = new URL(url);
  const socket = connectSocket(Number(port), hostname);
  let said = "";
  socket.on("data", (chunk) => {
    said += String(chunk);
  });
  socket.on("error", () => {});
  socket.setTimeout(quietMs);
  socket.write(text);
  const closed = await Promise.race([
    once(socket, "close").then(() => true),
    once(socket, "timeout").then(() => false),
  ]);
  socket.destroy();
  return { said, closed };
}

const smuggled = "GET /v1/auth/sessions HTTP/1.1\r\nHost: x\r\n\r\n";
test.each([
  ["length and chunks", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
  ["two lengths", "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}"],
  ["a length with a sign", "Content-Length: +2\r\n\r\n{}"],
  ["a space before the colon", "Content-Length : 2\r\n\r\n{}"],
  ["chunks by another name", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"],
  ["a line that goes on", "X: a\r\n Content-Length: 2\r\n\r\n{}"],
])("a request whose end can be read in two ways (%s) is refused and the line closed", async (_, rest) => {
  const head = "POST /v1/auth/logout HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const { said, closed } = await exchange(server.url, `${head}${rest}${smuggled}`);
  expect(said).toMatch(/^HTTP\/1\.1 400 /);
  expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  expect(closed).toBe(true);
});

test("a body where none belongs is not read as the next request", async () => {
  const head = `GET /v1/auth/status HTTP/1.1\r\nHost: x\r\nContent-Length: ${smuggled.length}\r\n\r\n`;
  const { said } = await exchange(server.url, head + smuggled);
  expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
});

test("who asks for a socket where there is none does not keep the line", async () => {
  const ask = "GET /v1/auth/status HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  expect((await exchange(server.url, ask, 5_000)).closed).toBe(true);
});

test("who sends a request byte by byte loses the line", async () => {
  const plain = { tlsCert: undefined, tlsKey: undefined };
  expect(createListener(plain)).toMatchObject({
    headersTimeout: 20_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 75_000,
  });
  const limits = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 50 };
  const listener = createListener(plain, limits).on("request", (req, res) => {
    req.resume().on("end", () => res.end("late"));
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const header = await exchange(url, "POST / HTTP/1.1\r\nHost: x\r\nX-Sl", 5_000);
  const body = await exchange(url, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab", 5_000);
  for (const { said, closed } of [header, body]) {
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(closed).toBe(true);
  }
  listener.close();
});
