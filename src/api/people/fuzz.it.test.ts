import { Writable } from "node:stream";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { deviceRequestSchema, revokeRequestSchema, tokenRequestSchema } from "@/contracts/people/oauth";
import { systemCtx } from "@/domain/kernel";
import { beginSession, sessionCookies } from "@/domain/people/sessions";
import { createUser, userByEmail } from "@/domain/people/users";
import { systemClock } from "@/platform/clock";
import { createLog } from "@/platform/log";
import { arbitraryOf, canary, jsonOf, nastyText, nastyValue } from "@/testing/arbitrary-of-schema";
import { bodyOf, headersOf, pathPart } from "@/testing/arbitrary-request";
import { type IdentityProvider, startIdentityProvider } from "@/testing/identity-provider";
import { type RawAnswer, rawRequest } from "@/testing/raw-request";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";
import { restRoutes } from "../http/rest-routes";

/**
 * Whatever is sent to the doors of identity: never a 500, never a look inside, always a sentence. `MC_FUZZ_RUNS`
 * multiplies the tries, `MC_FUZZ_SEED` takes other ones.
 */
const times = Number(process.env.MC_FUZZ_RUNS ?? 1);
const seed = Number(process.env.MC_FUZZ_SEED ?? 20261121);
vi.setConfig({ testTimeout: 60_000 * times });
const runs = (numRuns: number) => ({ numRuns: numRuns * times, seed });

const owner = { email: "owner@example.com", name: "Owner", role: "admin" as const };
const home = "https://control.example";
const password = "Correct-horse-7-battery";
let server: WholeServer;
let provider: IdentityProvider;
let said = "";

beforeAll(async () => {
  provider = await startIdentityProvider();
  const destination = new Writable({
    write(chunk, _encoding, done) {
      said += String(chunk);
      done();
    },
  });
  server = await startWholeServer({
    settings: {
      // A name and https, so that passkeys and `__Host-` cookies are in play.
      MC_URL: home,
      MC_OIDC_ISSUER: provider.issuer,
      MC_OIDC_CLIENT_ID: "console",
      MC_OIDC_CLIENT_SECRET: "a secret of the client",
      MC_OIDC_GROUP_MAP: "staff=viewer",
    },
    // The floor of answers about credentials is another test's: here nobody waits for it.
    over: { log: createLog("trace", {}, destination), clock: { ...systemClock, sleep: async () => {} } },
  });
  await provider.setUp({
    clientId: "console",
    clientSecret: "a secret of the client",
    redirectUri: `${home}/auth/sso/callback`,
    people: [],
  });
  await createUser(systemCtx(server.ground), { ...owner, password });
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
});

/** A cookie of the owner; rounds that end the session get the next one. */
async function cookieOfOwner(): Promise<string> {
  const { ground } = server;
  const row = await userByEmail(ground.db.orm, owner.email);
  if (!row) throw new Error("the owner is gone");
  const visitor = { ip: "127.0.0.1", userAgent: null };
  const token = await beginSession(systemCtx(ground), row, visitor, { cameBy: "password", steppedUp: true });
  return sessionCookies(ground, home).carrying(token).split(";")[0] ?? "";
}

let asked = 0;
/** How many answers of each status there were: a fuzz that only meets one closed door tests that door. */
const met: Record<number, number> = {};
/** Each request comes from an address of its own, or limits would answer for everything. */
async function send(method: string, path: string, headers: Record<string, string>, body?: Buffer | string) {
  asked += 1;
  const place = `198.18.${(asked >> 8) & 255}.${asked & 255}`;
  return rawRequest(server.url, {
    method,
    path,
    headers: { "X-Forwarded-For": place, ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

/** Words of our inside; nothing that is sent here holds them. */
const inside =
  /\n\s+at |node_modules|\/src\/|\.tsx?:\d|postgres|drizzle|Failed query|TypeError|RangeError|ZodError|SyntaxError|expected \w+, received|undefined|\[object/;

function judge(answer: RawAnswer, what: string): void {
  met[answer.status] = (met[answer.status] ?? 0) + 1;
  const told = `${what}: ${answer.status} ${answer.text.slice(0, 600)}`;
  expect(answer.status, told).toBeLessThan(500);
  if (answer.status < 400) return;
  expect(answer.text, told).not.toMatch(inside);
  expect(answer.text, told).not.toContain(canary);
}

const sentence = expect.stringMatching(/[.!?)]$/);
function judgeShape(answer: RawAnswer, what: string): void {
  judge(answer, what);
  if (answer.status < 400) return;
  expect(JSON.parse(answer.text), what).toMatchObject({
    error: { code: expect.any(String), message: sentence, requestId: expect.any(String) },
  });
}
type RpcError = { error: { message: string; data: { refusal: string } } };
function judgeRpc(answer: RawAnswer, what: string): void {
  judge(answer, what);
  if (answer.status < 400) return;
  const body: RpcError | RpcError[] = JSON.parse(answer.text);
  for (const one of [body].flat()) {
    if (!("error" in one)) continue;
    const refused = one.error.data ? one.error.data.refusal : undefined;
    expect(refused ?? one.error, `${what}: ${answer.text}`).toBeTruthy();
    expect(one.error.message, what).toEqual(sentence);
  }
}

const rooms =
  /^(auth|secondFactor|passkeys|passwordResets|invitations|oauth|oauthClients|sessions|programs|sso|tokens|users|onboarding|me)\b/;
const routes = restRoutes.filter(({ procedure }) => rooms.test(procedure));
const json = { "Content-Type": "application/json" };

test("every field of every procedure of identity, by REST and by tRPC, as nobody and as the owner", async () => {
  expect(routes.length).toBeGreaterThan(45);
  for (const route of routes) {
    const cookie = await cookieOfOwner();
    const wish = fc.record({
      input: bodyOf(arbitraryOf(route.input)),
      query: fc.dictionary(fc.constantFrom(...Object.keys(route.shape), "input", "x"), nastyText, {
        maxKeys: 3,
      }),
      id: nastyText,
      byRpc: fc.boolean(),
      headers: fc.oneof(
        fc.constant({}),
        fc.constant({ Cookie: cookie }),
        fc.uuid().map((key) => ({ Cookie: cookie, "Idempotency-Key": key })),
        headersOf,
      ),
    });
    await fc.assert(
      fc.asyncProperty(wish, async ({ input, query, id, byRpc, headers }) => {
        const asks = byRpc ? route.type === "query" : !route.takesBody;
        const given = { ...(asks ? {} : json), ...headers };
        const text = input.toString();
        if (byRpc) {
          const path = `/api/trpc/${route.procedure}${asks ? `?input=${encodeURIComponent(text.slice(0, 9_000).toWellFormed())}` : ""}`;
          const answer = await send(asks ? "GET" : "POST", path, given, asks ? undefined : input);
          return judgeRpc(answer, `${route.procedure} by tRPC ${text.slice(0, 300)}`);
        }
        const at = `/v1${route.path.replaceAll(/\{\w+\}/g, pathPart(id))}`;
        const search = asks ? `?${new URLSearchParams(query as Record<string, string>)}` : "";
        const answer = await send(route.method, at + search, given, asks ? undefined : input);
        judgeShape(answer, `${route.procedure} ${at}${search} ${text.slice(0, 300)}`);
      }),
      runs(12),
    );
  }
});

test("the envelope of tRPC: names, batches and methods", async () => {
  const names = fc.array(
    fc.oneof(fc.constantFrom(...routes.map(({ procedure }) => procedure)), nastyText.map(pathPart)),
    { minLength: 1, maxLength: 6 },
  );
  const wish = fc.record({
    method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "HEAD", "PROPFIND"),
    names,
    input: bodyOf(fc.dictionary(fc.constantFrom("0", "1", "-1", "__proto__"), nastyValue)),
    query: fc.constantFrom("", "?batch=1", "?batch=1&input=%7B", "?input=%", "?batch=x&input=null"),
    headers: headersOf,
  });
  await fc.assert(
    fc.asyncProperty(wish, async ({ method, names, input, query, headers }) => {
      const path = `/api/trpc/${names.join(",")}${query}`;
      const answer = await send(method, path, { ...json, ...headers }, method === "POST" ? input : undefined);
      judge(answer, `${method} ${path} ${input.toString().slice(0, 300)}`);
    }),
    runs(150),
  );
});

test("the OAuth2 endpoints, as forms and as JSON", async () => {
  const endpoint = fc.constantFrom(
    ...([
      ["token", tokenRequestSchema],
      ["device_authorization", deviceRequestSchema],
      ["revoke", revokeRequestSchema],
    ] as const),
  );
  const grants = ["client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];
  const wish = endpoint.chain(([path, schema]) =>
    fc.record({
      path: fc.constant(path),
      fields: arbitraryOf(schema),
      over: fc.record(
        { grant_type: fc.constantFrom(...grants), client_id: fc.constantFrom("mc", "cli_x", "__proto__") },
        { requiredKeys: [] },
      ),
      asForm: fc.boolean(),
      headers: fc.oneof(fc.constant({}), headersOf),
      raw: bodyOf(nastyValue),
      rawly: fc.integer({ max: 9, min: 0 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(wish, async ({ path, fields, over, asForm, headers, raw, rawly }) => {
      const all = typeof fields === "object" && fields !== null ? { ...fields, ...over } : { ...over };
      const form = new URLSearchParams(
        Object.entries(all).map(([name, value]) => [
          name,
          String(typeof value === "object" ? jsonOf(value) : value),
        ]),
      ).toString();
      const body = rawly === 0 ? raw : asForm ? form : jsonOf(all);
      const type = asForm ? "application/x-www-form-urlencoded" : "application/json";
      const answer = await send("POST", `/v1/oauth/${path}`, { "Content-Type": type, ...headers }, body);
      judge(answer, `${path} ${body.toString().slice(0, 400)}`);
      if (answer.status >= 400) {
        expect(JSON.parse(answer.text)).toMatchObject({
          error: expect.stringMatching(/^[a-z_]+$/),
          error_description: sentence,
        });
      }
    }),
    runs(200),
  );
});

test("the way to the identity provider and back", async () => {
  const started = await send("GET", "/auth/sso/start?to=/", {});
  const state = new URL(started.headers.location?.[0] ?? "").searchParams.get("state") ?? "";
  const cookie = (started.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
  const wish = fc.record({
    step: fc.constantFrom("start", "callback"),
    query: fc.dictionary(
      fc.constantFrom("to", "code", "state", "iss", "error", "error_description", "session_state"),
      fc.oneof(
        nastyText,
        fc.constantFrom(state, canary, provider.issuer, "//evil.example", "/\\evil.example"),
      ),
    ),
    inOwnState: fc.boolean(),
    headers: fc.oneof(fc.constant({ Cookie: cookie }), headersOf),
  });
  await fc.assert(
    fc.asyncProperty(wish, async ({ step, query, inOwnState, headers }) => {
      const search = new URLSearchParams({
        ...(query as Record<string, string>),
        ...(inOwnState ? { state } : {}),
      });
      const answer = await send("GET", `/auth/sso/${step}?${search}`, headers);
      judge(answer, `${step} ${search}`);
      const location = answer.headers.location?.[0] ?? "/";
      if (!location.startsWith(provider.issuer)) expect(location).toMatch(/^\/(?![/\\])/);
      expect(answer.text).not.toMatch(/<script>|javascript:/i);
    }),
    runs(120),
  );
});

test("after all of it the owner signs in, and no secret of the requests stands in the log or in a fact", async () => {
  const answer = await send(
    "POST",
    "/v1/auth/login",
    json,
    JSON.stringify({ identifier: owner.email, password }),
  );
  expect(answer.status, answer.text).toBe(200);
  expect(asked).toBeGreaterThan(800);
  expect((met[400] ?? 0) + (met[404] ?? 0), JSON.stringify(met)).toBeGreaterThan(asked / 4);
  expect(met[200] ?? 0, JSON.stringify(met)).toBeGreaterThan(asked / 50);
  expect(said).toContain('"level":');
  expect(said.split("\n").filter((line) => line.includes(canary))).toEqual([]);
  expect(said.split("\n").filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
  const { sql } = server.ground.db;
  const rows = [
    ...(await sql`select row_to_json(facts)::text as text from facts`),
    ...(await sql`select row_to_json(facts_pending)::text as text from facts_pending`),
  ];
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ text }) => String(text).includes(canary))).toEqual([]);
});
