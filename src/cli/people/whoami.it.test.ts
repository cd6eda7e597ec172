import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { buildMc, type McCommand } from "@/testing/mc-command";

let server: ApiServer;
let mc: McCommand;
beforeAll(async () => {
  server = await startApiServer();
  mc = await buildMc({ MC_URL: server.url });
});
afterAll(async () => {
  await mc.close();
  await server.stop();
});

test("mc whoami says as whom, or what is missing, with a code of its own", async () => {
  const nobody = await mc.run(["whoami"]);
  expect(nobody).toMatchObject({ code: 3, err: expect.stringContaining("You are not signed in to") });
  const { token } = await server.person("operator");
  const known = await mc.run(["whoami"], { MC_API_TOKEN: token });
  expect(known).toMatchObject({ code: 0, err: "" });
  expect(known.out).toContain("agents:operate");
  expect(known.out).not.toContain("users:manage");
  const wrong = await mc.run(["whoami"], { MC_API_TOKEN: "mct_wrong" });
  expect(wrong).toMatchObject({ code: 3, err: expect.stringContaining("expired or revoked") });
});

test("mc sso says that it is not set up, and does not try what is not there", async () => {
  const { token } = await server.person("admin");
  const env = { MC_API_TOKEN: token };
  expect((await mc.run(["sso", "show"], env)).out).toContain("Not set up");
  const tried = await mc.run(["sso", "test"], env);
  expect(tried).toMatchObject({ code: 1, err: expect.stringContaining("not set up") });
});
