import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { restRoutes } from "./rest-routes";

let server: ApiServer;
let admin: string;
beforeAll(async () => {
  server = await startApiServer();
  admin = (await server.person("admin")).token;
});
afterAll(() => server.stop());

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "\u0000",
    "\ud800",
    "<script>alert(1)</script>",
    "'; drop table agents; --",
    "\u202eevil",
    "😀".repeat(50),
  ),
  fc.constantFrom(-1, 0, 1e308, 1.5, 2 ** 53, null, true, [], {}, "1e999", "2026-13-45T99:00:00Z"),
  fc.jsonValue({ maxDepth: 2 }),
);
// These wait for a floor of 300 ms by design, or for commands.
const routes = restRoutes.filter(
  ({ procedure }) =>
    !/^auth\.(login|setup)$|^secondFactor\.(finishLogin|recover)$|^agent\.commands$/.test(procedure),
);

test("whatever is sent, the answer is never a 500 and always in shape", async () => {
  const wish = fc.constantFrom(...routes).chain((route) =>
    fc.record({
      route: fc.constant(route),
      fields: fc.record(Object.fromEntries(Object.keys(route.shape).map((name) => [name, nasty])), {
        requiredKeys: [],
      }),
      id: fc.string({ unit: "binary", minLength: 1, maxLength: 80 }),
      key: fc.option(fc.stringMatching(/^[\x21-\x7e]{1,5000}$/)),
    }),
  );
  await fc.assert(
    fc.asyncProperty(wish, async ({ route, fields, id, key }) => {
      const headers: Record<string, string> = key === null ? {} : { "Idempotency-Key": key };
      const path = `/v1${route.path.replaceAll(/\{\w+\}/g, encodeURIComponent(id.toWellFormed()).replaceAll(".", "%2E"))}`;
      const query = Object.entries(fields).map(([name, value]) => {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        return `${name}=${encodeURIComponent((text ?? "").toWellFormed())}`;
      });
      const answer = route.takesBody
        ? await server.request(route.method, path, { bearer: admin, body: fields, headers })
        : await server.request(route.method, `${path}?${query.join("&")}`, { bearer: admin });
      expect(answer.status, `${route.procedure} ${JSON.stringify(fields)}: ${answer.text}`).toBeLessThan(500);
      if (answer.status >= 400) {
        expect(answer.body).toMatchObject({
          error: { code: expect.any(String), message: expect.any(String) },
        });
      }
    }),
    { numRuns: 400, seed: 20261121 },
  );
});

test("names that every object has, paths that can't be read and keys of any length are bad input", async () => {
  const ask = (path: string) => server.request("GET", path, { bearer: admin });
  for (const name of ["constructor", "hasOwnProperty", "toString", "__proto__", "isPrototypeOf"]) {
    for (const path of [`/v1/agents?${name}=1`, `/v1/auth/status?${name}=1`]) {
      expect((await ask(path)).status, path).toBeLessThan(500);
    }
  }
  for (const path of ["%FF", "%E0%A4%A", "agents.list,%FF?batch=1"]) {
    const answer = await ask(`/api/trpc/${path}`);
    expect([answer.status, answer.text], path).toEqual([400, expect.stringContaining("two hex digits")]);
  }
  for (const key of ["k".repeat(4_000), "a b", "\u00e9", ""]) {
    const wish = { bearer: admin, body: { name: "n" }, headers: { "Idempotency-Key": key } };
    for (const path of ["/v1/agents", "/v1/agents/agt_none/commands"]) {
      const body = path.endsWith("commands") ? { kind: "restart", reason: "r" } : wish.body;
      const answer = await server.request("POST", path, { ...wish, body });
      expect([answer.status, answer.text], `${path} ${key}`).toEqual([
        400,
        expect.stringContaining("1 to 200"),
      ]);
    }
  }
});

test("a field that nothing knows is named beside those that there are; agents may say more", async () => {
  const query = await server.request("GET", "/v1/agents?stauts=offline", { bearer: admin });
  expect(query.status).toBe(400);
  expect(query.text).toContain("stauts: is no field of this request, whose fields are limit, cursor, status");
  const made = await server.request("POST", "/v1/agents", { bearer: admin, body: { name: "one", tagz: [] } });
  expect([made.status, made.text]).toEqual([400, expect.stringContaining("tagz")]);
  const { body } = await server.request("POST", "/v1/agents", { bearer: admin, body: { name: "one" } });
  const beat = { at: Date.now(), state: "working", ofTomorrow: true, sessionId: "s" };
  const taken = await server.request("POST", "/v1/agent/beat", { bearer: String(body.key), body: beat });
  expect(taken.status, taken.text).toBe(200);
});

test("what no page of a list has given is no cursor, in the same words everywhere", async () => {
  const lists = routes.filter(({ method, shape }) => method === "GET" && Object.hasOwn(shape, "cursor"));
  expect(lists.length).toBeGreaterThan(12);
  const { body } = await server.request("POST", "/v1/agents", { bearer: admin, body: { name: "listed" } });
  for (const { path } of lists) {
    for (const cursor of ["NaN", "1,1", "-1", "1.5", "%00", "", "null", "2026-02-31T00:00:00.000Z|x"]) {
      const url = `/v1${path.replace("{id}", path.startsWith("/agents/") ? String(body.id) : "none")}`;
      const answer = await server.request("GET", `${url}?cursor=${cursor}`, { bearer: admin });
      if (answer.status === 404) continue;
      expect([answer.status, answer.text], `${url} ${cursor}`).toEqual([
        400,
        expect.stringMatching(/The cursor is not one that this list has given|cursor: /),
      ]);
    }
  }
});
