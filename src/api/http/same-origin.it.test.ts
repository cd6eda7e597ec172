import { afterAll, beforeAll, expect, test } from "vitest";
import { systemCtx } from "@/domain/kernel";
import { createUser } from "@/domain/people/users";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { restRoutes } from "./rest-routes";

const password = "Correct-horse-7-battery";
const mutations = restRoutes.filter(({ method }) => method !== "GET");
let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer();
});
afterAll(() => server.stop());

let count = 0;
/** A session of its own for each round: the calls of one are counted. */
async function signIn(): Promise<string> {
  const email = `rider${++count}@example.com`;
  await createUser(systemCtx(server.ground), { email, name: `Rider ${count}`, role: "admin", password });
  const answer = await server.request("POST", "/v1/auth/login", { body: { identifier: email, password } });
  expect(answer.status, answer.text).toBe(200);
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

test.each<[string, () => Record<string, string>]>([
  ["another site", () => ({ Origin: "https://evil.example" })],
  ["a sandboxed frame", () => ({ Origin: "null" })],
  ["another port", () => ({ Origin: server.url.replace(/\d+$/, "1") })],
  ["a sister host, by a browser that hides its origin", () => ({ "Sec-Fetch-Site": "same-site" })],
])("no mutation at all takes a cookie from a page of %s, by REST and tRPC", async (_where, headers) => {
  expect(mutations.length).toBeGreaterThan(40);
  const [rest, rpc] = [await signIn(), await signIn()];
  for (const { method, path, procedure } of mutations) {
    const wish = { body: {}, headers: headers() };
    const byRest = await server.request(method, `/v1${path.replaceAll(/\{\w+\}/g, "x")}`, {
      ...wish,
      cookie: rest,
    });
    expect(byRest.status, `${procedure}: ${byRest.text}`).toBe(403);
    const byRpc = await server.request("POST", `/api/trpc/${procedure}`, { ...wish, cookie: rpc });
    expect(byRpc.status, `${procedure}: ${byRpc.text}`).toBe(403);
  }
  const still = await server.request("GET", "/v1/auth/sessions", { cookie: rest });
  expect(still.status, "the session was not ended either").toBe(200);
});

test("a program that sends a cookie but no origin is served", async () => {
  const answer = await server.request("POST", "/v1/auth/logout", { cookie: await signIn() });
  expect(answer.status, answer.text).toBeLessThan(300);
});
