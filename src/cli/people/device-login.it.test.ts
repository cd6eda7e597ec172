import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { userCodeSchema } from "@/contracts/people/oauth";
import { refreshTokens } from "@/db/schema";
import { type Ctx, systemCtx } from "@/domain/kernel";
import { decideDeviceGrant, findDeviceAsk } from "@/domain/people/oauth";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { eventually } from "@/testing/eventually";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { unlimited } from "@/testing/oauth";

let server: ApiServer;
let mc: McCommand;
let file: string;
let mira: Ctx;
beforeAll(async () => {
  server = await startApiServer();
  mc = await buildMc({ MC_URL: server.url });
  file = join(mc.home, "mission-control", "profile.json");
  const { id } = await server.person("operator");
  mira = {
    ...systemCtx(server.ground),
    actor: { kind: "user", id, name: "Mira" },
    role: "operator",
  };
});
beforeEach(() => rmSync(file, { force: true }));
afterAll(async () => {
  await mc.close();
  await server.stop();
});

const kept = () => JSON.parse(readFileSync(file, "utf8"));

/** Runs `mc login` and plays the person who reads its code. */
async function login(approve: boolean) {
  const run = mc.start(["login"]);
  const [, code = ""] = await eventually(() => /\n {4}([A-Z]{4}-[A-Z]{4})\n/.exec(run.err()));
  expect(run.err()).toContain(`${server.url}/device`);
  const { ask } = await findDeviceAsk(mira, "a session", userCodeSchema.parse(code), unlimited);
  await decideDeviceGrant(mira, "a session", { ask, approve });
  return run.ended;
}

test("mc login by the browser: the profile is the owner's alone, refreshes by itself, and logout revokes", async () => {
  expect(await login(true)).toMatchObject({ code: 0, out: expect.stringContaining(file) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const first = kept();
  expect(first.access).toMatchObject({ refreshToken: expect.stringMatching(/^mcr_/) });
  expect((await mc.run(["agents", "list"])).code).toBe(0);
  expect(kept()).toEqual(first);

  // As if ten minutes had passed: several commands at once, and the family outlives it.
  writeFileSync(file, JSON.stringify({ ...first, access: { ...first.access, expiresAtMs: 0 } }));
  const several = await Promise.all(Array.from({ length: 4 }, () => mc.run(["agents", "list"])));
  for (const { code, err } of several) expect(code, err).toBe(0);
  const second = kept();
  expect(second.access.refreshToken).not.toBe(first.access.refreshToken);
  expect(await server.ground.db.orm.select().from(refreshTokens)).toHaveLength(2);
  expect(existsSync(`${file}.lock`)).toBe(false);

  expect(await mc.run(["logout"])).toMatchObject({ code: 0, err: "" });
  writeFileSync(file, JSON.stringify({ ...second, access: { ...second.access, expiresAtMs: 0 } }));
  expect(await mc.run(["agents", "list"])).toMatchObject({
    code: 3,
    err: expect.stringContaining("Run mc login"),
  });
});

test("a refusal in the browser ends mc login, and nothing is kept", async () => {
  expect(await login(false)).toMatchObject({ code: 3, err: expect.stringContaining("refused") });
  expect(existsSync(file)).toBe(false);
});
