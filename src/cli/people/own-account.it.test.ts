import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { userCodeSchema } from "@/contracts/people/oauth";
import { users } from "@/db/schema";
import { type Ctx, systemCtx } from "@/domain/kernel";
import { decideDeviceGrant, findDeviceAsk } from "@/domain/people/oauth";
import { createUser } from "@/domain/people/users";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { unlimited } from "@/testing/oauth";
import { totpCodeAt } from "@/testing/totp";

const password = "Correct-Horse-42-Battery";
const bcrypt = "$2b$10$N9qo8uLOickgx2ZMRZoMyeTFXuPw3mjejnQJl9bVXSyWahpFQVLji";
let server: ApiServer;
let mc: McCommand;
/** Without the admin's token: as who lets it in. */
let own: McCommand;
let folder: string;
beforeAll(async () => {
  server = await startApiServer();
  mc = await buildMc({ MC_URL: server.url, MC_API_TOKEN: (await server.person("admin")).token });
  own = await buildMc({ MC_URL: server.url });
  folder = mkdtempSync(join(tmpdir(), "mc-people-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await mc.close();
  await own.close();
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
  const made = await json([...create, "nina@example.com", "--role", "operator"], { MC_PASSWORD: password });
  expect(made).toMatchObject({ email: "nina@example.com", name: "nina", role: "operator" });
  expect((await signIn("nina@example.com", password)).status).toBe(200);
  expect(await json([...create, "olga@example.com"])).toMatchObject({ link: expect.stringContaining("#") });
  const weak = await mc.run([...create, "weak@example.com"], { MC_PASSWORD: "short" });
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
  expect(await json(["users", "sessions", "nina@example.com"])).toMatchObject([{ cameBy: "password" }]);
});

test("one changes one's own password, and sets up an authenticator app", { timeout }, async () => {
  const email = "pia@example.com";
  const { id } = await createUser(personCtx(server.ground), { email, name: "Pia", role: "viewer", password });
  const pia = { kind: "user" as const, id, name: "Pia" };
  const ctx: Ctx = { ...systemCtx(server.ground), actor: pia, role: "viewer" };
  const login = async () => {
    const run = own.start(["login"]);
    const [, code = ""] = await eventually(() => /\n {4}([A-Z]{4}-[A-Z]{4})\n/.exec(run.err()));
    const { ask } = await findDeviceAsk(ctx, "a session", userCodeSchema.parse(code), unlimited);
    await decideDeviceGrant(ctx, "a session", { ask, approve: true });
    expect(await run.ended).toMatchObject({ code: 0 });
  };
  const mine = async (...args: string[]) => {
    const { code, out, err } = await own.run([...args, "--json"]);
    expect(code, err).toBe(0);
    return JSON.parse(out);
  };

  expect(await mc.run(["password", "change"])).toMatchObject({
    code: 3,
    err: expect.stringContaining("run mc login without --email"),
  });
  await login();
  const fresh = "Wandering-Moss-31-Lantern";
  const change = (current: string) =>
    own.run(["password", "change"], { MC_PASSWORD: current, MC_NEW_PASSWORD: fresh });
  expect(await change("wrong")).toMatchObject({
    code: 3,
    err: expect.stringContaining("nothing was changed"),
  });
  expect(await own.run(["password", "change"])).toMatchObject({ code: 2 });
  expect(await change(password)).toMatchObject({ code: 0, out: expect.stringContaining("Run mc login") });
  expect((await signIn(email, fresh)).status).toBe(200);

  await login();
  const { secret } = await mine("second-factor", "begin");
  const { recoveryCodes } = await mine("second-factor", "confirm", totpCodeAt(secret, new Date()));
  expect(recoveryCodes).toHaveLength(10);
  await login();
  expect((await own.run(["second-factor", "show"])).out).toMatch(/^Authenticator app since/);
  expect((await mine("second-factor", "recovery-codes")).recoveryCodes).not.toEqual(recoveryCodes);
  await mine("second-factor", "remove");
  await login();
  expect(await mine("second-factor", "show")).toMatchObject({ totpSince: null, passkeys: [] });
  expect(await own.run(["password", "forgot", email])).toMatchObject({ code: 0 });
});

test("roles that must have a second factor are shown and set", { timeout }, async () => {
  expect((await mc.run(["second-factor", "policy"])).out).toBe("No role must have a second factor.\n");
  expect(await json(["second-factor", "require", "operator"])).toEqual({ requiredFor: ["operator"] });
  expect((await mc.run(["second-factor", "policy"])).out).toBe("Must have a second factor: operator.\n");
  expect(await json(["second-factor", "require", "nobody"])).toEqual({ requiredFor: [] });
  expect(await mc.run(["second-factor", "require", "chief"])).toMatchObject({ code: 2 });
  expect((await mc.run(["settings"])).out).toContain(server.url);
  expect(await json(["tokens", "rotate-signing-key"])).toMatchObject({ id: expect.any(String) });
});
