import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "@/db/schema";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { buildMc, type McCommand } from "@/testing/mc-command";

const password = "Correct-Horse-42-Battery";
const bcrypt = "$2b$10$N9qo8uLOickgx2ZMRZoMyeTFXuPw3mjejnQJl9bVXSyWahpFQVLji";
let server: ApiServer;
let mc: McCommand;
let folder: string;
beforeAll(async () => {
  server = await startApiServer();
  mc = await buildMc({ MC_URL: server.url, MC_API_TOKEN: (await server.person("admin")).token });
  folder = mkdtempSync(join(tmpdir(), "mc-people-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await mc.close();
  await server.stop();
});

/** Each of them starts a process of its own several times. */
const timeout = 120_000;
const json = async (args: string[], env: Record<string, string> = {}) => {
  const { code, out, err } = await mc.run([...args, "--json"], env);
  expect(code, err).toBe(0);
  return JSON.parse(out);
};
const signIn = (identifier: string, typed: string) =>
  server.request("POST", "/v1/auth/login", { body: { identifier, password: typed } });

test("users are made, invited, imported and unlocked through the server", { timeout }, async () => {
  const create = ["users", "create", "--through-server"];
  const nina = [...create, "nina@example.com", "--role", "operator"];
  const made = await json(nina, { MC_NEW_PASSWORD: password });
  expect(made).toMatchObject({ email: "nina@example.com", name: "nina", role: "operator" });
  expect((await signIn("nina@example.com", password)).status).toBe(200);
  // Whoever signs in by MC_PASSWORD gives it to nobody else.
  const olga = await json([...create, "olga@example.com"], { MC_PASSWORD: password });
  expect(olga).toMatchObject({ link: expect.stringContaining("#") });
  const asked = await mc.run([...create, "ask@example.com", "--ask-password"], { MC_NEW_PASSWORD: password });
  expect(asked).toMatchObject({ code: 2, err: expect.stringContaining("Nothing was typed.") });
  const weak = await mc.run([...create, "weak@example.com"], { MC_NEW_PASSWORD: "short" });
  expect(weak).toMatchObject({ code: 2, err: expect.stringContaining("12") });

  const file = join(folder, "people.csv");
  writeFileSync(file, `email,role,passwordHash\nold@example.com,viewer,${bcrypt}\n`);
  expect(await json(["users", "import", file, "--through-server"])).toEqual({ made: 1, present: [] });

  const { orm } = server.ground.db;
  await orm
    .update(users)
    .set({ lockedUntil: new Date(Date.now() + 900_000) })
    .where(eq(users.id, made.id));
  expect(await json(["users", "unlock", "nina@example.com", "--through-server"])).toMatchObject({
    lockedUntil: null,
  });
  expect(await json(["users", "rename", "nina@example.com", "Nina B"])).toMatchObject({ name: "Nina B" });
  expect(await json(["users", "sessions", "nina@example.com"])).toMatchObject({
    sessions: [{ cameBy: "password" }],
    programs: [],
  });
});

test("one changes one's own password by a session that ends with it", { timeout }, async () => {
  const email = "pia@example.com";
  await json(["users", "create", email, "--through-server"], { MC_NEW_PASSWORD: password });
  const fresh = "Wandering-Moss-31-Lantern";
  const change = (env: Record<string, string>) => mc.run(["password", "change", email], env);
  const wrong = await change({ MC_PASSWORD: "wrong", MC_NEW_PASSWORD: fresh });
  expect(wrong).toMatchObject({ code: 3, err: expect.stringContaining("do not fit together") });
  expect(await change({ MC_PASSWORD: password })).toMatchObject({
    code: 2,
    err: expect.stringContaining("set MC_PASSWORD and MC_NEW_PASSWORD"),
  });
  const weak = await change({ MC_PASSWORD: password, MC_NEW_PASSWORD: "short" });
  expect(weak).toMatchObject({ code: 2, err: expect.stringContaining("12") });
  const token = await mc.run(["password", "change", email, "--token", "mct_unused"]);
  expect(token).toMatchObject({ code: 2, err: expect.stringContaining("unknown option '--token'") });
  const changed = await change({ MC_PASSWORD: password, MC_NEW_PASSWORD: fresh });
  expect(changed, changed.err).toMatchObject({ code: 0, err: "" });
  expect((await signIn(email, password)).status).toBe(401);
  expect(await json(["users", "sessions", email])).toEqual({ sessions: [], programs: [] });
  expect((await signIn(email, fresh)).status).toBe(200);
  const forgot = await mc.run(["password", "forgot", email]);
  expect(forgot).toMatchObject({ code: 1, err: expect.stringMatching(/mail/i) });
});

test("roles that must have a second factor are shown and set", { timeout }, async () => {
  expect((await mc.run(["second-factor", "policy"])).out).toBe("No role must have a second factor.\n");
  expect(await json(["second-factor", "require", "operator"])).toEqual({ requiredFor: ["operator"] });
  expect((await mc.run(["second-factor", "policy"])).out).toBe("Must have a second factor: operator.\n");
  expect(await json(["second-factor", "require", "nobody"])).toEqual({ requiredFor: [] });
  expect(await mc.run(["second-factor", "require", "chief"])).toMatchObject({ code: 2 });
  const both = await mc.run(["second-factor", "require", "nobody", "admin"]);
  expect(both).toMatchObject({ code: 2, err: expect.stringContaining("either nobody or these roles") });
  expect((await mc.run(["settings"])).out).toContain(server.url);
  expect(await json(["tokens", "rotate-signing-key"])).toMatchObject({ id: expect.any(String) });
});
