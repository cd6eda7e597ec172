import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "@/testing/api-server";

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer();
});
afterAll(() => server.stop());

test("a refusal for lack of a role is a fact, once a minute for each caller and procedure", async () => {
  const [viewer, other] = [await server.person("viewer"), await server.person("viewer")];
  const ask = async (bearer: string, path: string) =>
    expect((await server.request("GET", path, { bearer })).status).toBe(403);
  for (let n = 0; n < 5; n += 1) await ask(viewer.token, "/v1/users");
  await ask(viewer.token, "/v1/invitations");
  await ask(other.token, "/v1/users");
  // Nobody is no role that lacks something, and what is allowed is no refusal.
  expect((await server.request("GET", "/v1/users")).status).toBe(401);
  expect((await server.request("GET", "/v1/agents", { bearer: viewer.token })).status).toBe(200);
  const written = await server.ground.db.orm.execute(sql`
    select data->>'act' as act, actor->>'kind' as kind from (
      select kind as fact, data, actor from facts union all select kind, data, actor from facts_pending
    ) as every where fact = 'security.access_refused' order by 1`);
  expect([...written]).toEqual([
    { act: "invitations.list", kind: "token" },
    { act: "users.list", kind: "token" },
    { act: "users.list", kind: "token" },
  ]);
});
