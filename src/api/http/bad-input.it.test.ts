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
    }),
  );
  await fc.assert(
    fc.asyncProperty(wish, async ({ route, fields, id }) => {
      const path = `/v1${route.path.replaceAll(/\{\w+\}/g, encodeURIComponent(id.toWellFormed()).replaceAll(".", "%2E"))}`;
      const query = Object.entries(fields).map(([name, value]) => {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        return `${name}=${encodeURIComponent((text ?? "").toWellFormed())}`;
      });
      const answer = route.takesBody
        ? await server.request(route.method, path, { bearer: admin, body: fields })
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
