import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemClock } from "@/platform/clock";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { arbitraryOf, nastyText, nastyValue } from "@/testing/arbitrary-of-schema";
import { bodyOf, pathPart } from "@/testing/arbitrary-request";
import { addAlertRow, addRuleRow } from "@/testing/firing-alert";
import { rawRequest } from "@/testing/raw-request";
import { restRoutes } from "../http/rest-routes";

/** Whatever is sent to what people do with alerts: never a 500, never a look inside, always a sentence. */
const times = Number(process.env.MC_FUZZ_RUNS ?? 1);
const seed = Number(process.env.MC_FUZZ_SEED ?? 20261121);
vi.setConfig({ testTimeout: 60_000 * times });

let server: ApiServer;
let token: string;
let alertId: string;
beforeAll(async () => {
  server = await startApiServer({ over: { clock: { ...systemClock, sleep: async () => {} } } });
  token = (await server.person("operator")).token;
  alertId = (await addAlertRow(server.ground, await addRuleRow(server.ground))).id;
});
afterAll(() => server.stop());

let asked = 0;
/** Each request comes from an address of its own, or limits would answer for everything. */
const send = (method: string, path: string, headers: Record<string, string>, body?: Buffer | string) => {
  asked += 1;
  const place = `198.18.${(asked >> 8) & 255}.${asked & 255}`;
  return rawRequest(server.url, {
    method,
    path,
    headers: { "X-Forwarded-For": place, ...headers },
    ...(body === undefined ? {} : { body }),
  });
};

const inside =
  /\n\s+at |node_modules|\/src\/|\.tsx?:\d|postgres|drizzle|Failed query|TypeError|RangeError|ZodError|SyntaxError|RE2JS|expected \w+, received|undefined|\[object/;
const sentence = expect.stringMatching(/[.!?)]$/);
const routes = restRoutes.filter(({ procedure }) => /^(alerts|silences|alertLinks)\./.test(procedure));
const met = new Map<number, number>();

test("every field of every procedure, for an alert that is there and for one that is not", async () => {
  expect(routes.length).toBeGreaterThanOrEqual(22);
  for (const route of routes) {
    const wish = fc.record({
      input: bodyOf(arbitraryOf(route.input)),
      query: fc.dictionary(
        fc.constantFrom(...Object.keys(route.shape), "x"),
        fc.oneof(nastyText, fc.constantFrom("true", "firing", "me", "500")),
        { maxKeys: 4 },
      ),
      id: fc.oneof(fc.constant(alertId), nastyText),
      known: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(wish, async ({ input, query, id, known }) => {
        const path = `/v1${route.path.replaceAll(/\{\w+\}/g, pathPart(id))}`;
        const search = route.takesBody ? "" : `?${new URLSearchParams(query as Record<string, string>)}`;
        const answer = await send(
          route.method,
          path + search,
          {
            ...(known ? { Authorization: `Bearer ${token}` } : {}),
            ...(route.takesBody ? { "Content-Type": "application/json" } : {}),
          },
          route.takesBody ? input : undefined,
        );
        met.set(answer.status, (met.get(answer.status) ?? 0) + 1);
        const told = `${route.procedure} ${path}${search} ${input.toString().slice(0, 300)}: ${answer.status} ${answer.text.slice(0, 500)}`;
        expect(answer.status, told).toBeLessThan(500);
        if (answer.status < 400) return;
        expect(answer.text, told).not.toMatch(inside);
        expect(JSON.parse(answer.text), told).toMatchObject({
          error: { code: expect.any(String), message: sentence, requestId: expect.any(String) },
        });
      }),
      { numRuns: 40 * times, seed },
    );
  }
  expect(met.get(200) ?? 0, JSON.stringify([...met])).toBeGreaterThan(asked / 50);
  expect(met.get(400) ?? 0, JSON.stringify([...met])).toBeGreaterThan(asked / 10);
});

test("patterns, hours and moments at their edges", async () => {
  const edge = fc.record({
    kind: fc.constantFrom("silence", "maintenance"),
    matchers: fc.array(
      fc.record({
        label: fc.constantFrom("agent", "tag", "rule", "x-1", "__proto__", "constructor"),
        op: fc.constantFrom("=", "!=", "=~", "!~"),
        value: fc.oneof(
          fc.constantFrom(
            "",
            "(",
            "(a+)+$",
            "[[:alpha:]]",
            "\\p{Greek}",
            "x{1000}",
            "(?:x{500}){500}",
            "\\C",
            "(?=x)",
          ),
          fc.string({ unit: "binary", maxLength: 30 }),
        ),
      }),
      { maxLength: 4 },
    ),
    reason: fc.constantFrom("work", "", "\u202e"),
    startsAt: fc.constantFrom(
      undefined,
      "0000-01-01T00:00:00Z",
      "9999-12-31T23:59:59Z",
      "2026-11-21T00:00:00+14:00",
    ),
    endsAt: fc.constantFrom(
      null,
      "9999-12-31T23:59:59.999Z",
      "0001-01-01T00:00:00Z",
      "2027-02-30T00:00:00Z",
      "x",
    ),
    schedule: fc.oneof(
      fc.constant(null),
      fc.record({
        days: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 8 }),
        from: fc.constantFrom("00:00", "02:30", "23:59", "24:00", "2:00"),
        to: fc.constantFrom("00:00", "02:30", "23:59"),
        zone: fc.constantFrom(
          "Europe/Berlin",
          "Pacific/Apia",
          "Antarctica/Troll",
          "UTC",
          "Mars/Base",
          "",
          "+01:00",
        ),
      }),
      nastyValue,
    ),
  });
  await fc.assert(
    fc.asyncProperty(edge, async (body) => {
      const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
      for (const path of ["/v1/silences", "/v1/silences/preview"]) {
        const answer = await send("POST", path, headers, Buffer.from(JSON.stringify(body)));
        const told = `${path} ${JSON.stringify(body)}: ${answer.status} ${answer.text.slice(0, 500)}`;
        expect(answer.status, told).toBeLessThan(500);
        if (answer.status < 400) continue;
        expect(answer.text, told).not.toMatch(inside);
        expect(JSON.parse(answer.text), told).toMatchObject({ error: { message: sentence } });
      }
    }),
    { numRuns: 150 * times, seed },
  );
  const list = await server.request("GET", "/v1/silences?limit=500", { bearer: token });
  expect(list.status, list.text).toBe(200);
});
