import { afterAll, beforeAll, expect, test } from "vitest";
import { permissionsOf, roles } from "@/contracts/people/role";
import { createAgent } from "@/domain/fleet/agents";
import { systemCtx } from "@/domain/kernel";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { type RestRoute, restRoutes } from "./http/rest-routes";
import { appRouter } from "./router";

type Who = "nobody" | "viewer" | "operator" | "admin" | "agent";

let server: ApiServer;
const credentials: Partial<Record<Who, string>> = {};

beforeAll(async () => {
  server = await startApiServer();
  for (const role of roles) credentials[role] = (await server.person(role)).token;
  credentials.agent = (await createAgent(systemCtx(server.ground), { name: "walker" })).key;
});
afterAll(() => server.stop());

/** What the declared access means, said a second time and independently of the code that enforces it. */
function mayCall({ meta: { access } }: RestRoute, who: Who): boolean {
  if (access === "public") return true;
  if (who === "nobody") return false;
  if (access === "agent" || who === "agent") return access === "agent" && who === "agent";
  return access === "signed-in" || permissionsOf[who].has(access);
}

test("every procedure declares its access and its REST path", () => {
  const procedures = Object.keys(appRouter._def.procedures);
  expect(procedures.length).toBeGreaterThan(30);
  expect(restRoutes.map((route) => route.procedure).sort()).toEqual(procedures.sort());
  for (const { procedure, path, type, method, meta } of restRoutes) {
    expect(meta.access, procedure).toBeTruthy();
    expect(path, procedure).toMatch(/^\/(?!v1)/);
    expect(method === "GET", `${procedure}: only a query is a GET`).toBe(type === "query");
  }
  expect(new Set(restRoutes.map(({ method, path }) => `${method} ${path}`)).size).toBe(restRoutes.length);
});

test.each(restRoutes.map((route) => [route.procedure, route] as const))(
  "%s lets in whom it says",
  async (_, route) => {
    const path = `/v1${route.path.replaceAll(/\{\w+\}/g, "none")}`;
    for (const who of ["nobody", "viewer", "operator", "admin", "agent"] as const) {
      const bearer = credentials[who];
      const answer = await server.request(route.method, path, {
        ...(bearer ? { bearer } : {}),
        ...(route.takesBody ? { body: {} } : {}),
      });
      expect(answer.status, `${who}: ${answer.text}`).toBeLessThan(500);
      if (mayCall(route, who)) {
        expect([401, 403], `${who} is allowed: ${answer.text}`).not.toContain(answer.status);
      } else {
        expect(answer.status, `${who} is refused`).toBe(who === "nobody" ? 401 : 403);
        expect(answer.body).toMatchObject({
          error: { code: who === "nobody" ? "unauthenticated" : "forbidden", requestId: expect.any(String) },
        });
      }
    }
  },
);

test("the same refusal comes through tRPC", async () => {
  const answer = await server.request("POST", "/api/trpc/agents.create", {
    ...(credentials.viewer ? { bearer: credentials.viewer } : {}),
    body: { name: "not for viewers" },
  });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("It takes the role operator");
});
