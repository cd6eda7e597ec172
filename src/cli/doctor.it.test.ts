import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";

let server: WholeServer;
let mc: McCommand;
let token: string;
beforeAll(async () => {
  server = await startWholeServer();
  mc = await buildMc({ MC_URL: server.url });
  token = (await server.person("operator")).token;
});
afterAll(async () => {
  await mc.close();
  await server.stop();
});

test("all is well", async () => {
  const { code, out } = await mc.run(["doctor", "--token", token]);
  expect(out.match(/^ok /gm)).toHaveLength(4);
  expect(out).toContain("agents:operate");
  expect(code).toBe(0);
});

test("a credential that is wrong, missing or of the wrong kind has a code of its own", async () => {
  const wrong = await mc.run(["doctor"], { MC_API_TOKEN: "mct_wrong" });
  expect(wrong).toMatchObject({
    code: 3,
    out: expect.stringContaining("may be mistyped, expired or revoked"),
  });
  const missing = await mc.run(["doctor"]);
  expect(missing).toMatchObject({ code: 3, out: expect.stringContaining("run mc login") });
  const access = { token: "mca_old", expiresAtMs: 0, refreshToken: "mcr_unknown" };
  const folder = join(mc.home, "mission-control");
  mkdirSync(folder);
  writeFileSync(join(folder, "profile.json"), JSON.stringify({ url: server.url, access }));
  const signedOut = await mc.run(["doctor"]);
  rmSync(folder, { recursive: true });
  expect(signedOut).toMatchObject({ code: 3, err: "" });
  expect(signedOut.out).toMatch(/^ok {4}server lives: .*^FAIL {2}credential: You were signed out/ms);
  const { body } = await server.request("POST", "/v1/agents", {
    bearer: (await server.person("admin")).token,
    body: { name: "keyed" },
  });
  const agentKey = await mc.run(["doctor", "--token", String(body.key)]);
  expect(agentKey).toMatchObject({ code: 3, out: expect.stringContaining("not the key of an agent") });
});

test("a server that is away, is another one, or has no address", async () => {
  const away = await mc.run(["doctor", "--url", "http://127.0.0.1:1", "--json"]);
  expect(JSON.parse(away.out)).toMatchObject([
    { name: "Node", ok: true },
    { name: "server lives", ok: false, says: expect.stringContaining("does not answer") },
  ]);
  expect(away.code).toBe(1);
  const other = createServer((_, response) => response.end("hello"));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  const stranger = await mc.run(["doctor", "--url", `http://127.0.0.1:${port}`]);
  other.close();
  expect(stranger).toMatchObject({ code: 1, out: expect.stringContaining("not as Mission Control does") });
  expect(await mc.run(["doctor", "--url", "here"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("here is no address"),
  });
});

test("a database that is away is told in the server's own words", async () => {
  await server.loseDatabase();
  const { code, out } = await mc.run(["doctor", "--token", token]);
  expect(code).toBe(1);
  expect(out).toMatch(/^FAIL {2}server is ready: The database does not answer\./m);
  expect(out).toMatch(/^ok {4}server lives/m);
});
