import { afterAll, beforeAll, expect, test } from "vitest";
import { userCodeSchema } from "@/contracts/people/oauth";
import { sessions } from "@/db/schema";
import { type Ctx, systemCtx } from "@/domain/kernel";
import { decideDeviceGrant, findDeviceAsk } from "@/domain/people/oauth";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { eventually } from "@/testing/eventually";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { unlimited } from "@/testing/oauth";

let server: ApiServer;
let mc: McCommand;
let apiToken: string;
let mira: Ctx;
beforeAll(async () => {
  server = await startApiServer();
  mc = await buildMc({ MC_URL: server.url });
  const { id, token } = await server.person("operator");
  apiToken = token;
  mira = { ...systemCtx(server.ground), actor: { kind: "user", id, name: "Mira" }, role: "operator" };
  await login({});
});
afterAll(async () => {
  await mc.close();
  await server.stop();
});

/** `mc login` with a home of its own, or the usual one, and the person who lets it in. */
async function login(env: Record<string, string>) {
  const run = mc.start(["login"], env);
  const [, code = ""] = await eventually(() => /\n {4}([A-Z]{4}-[A-Z]{4})\n/.exec(run.err()));
  const { ask } = await findDeviceAsk(mira, "a session", userCodeSchema.parse(code), unlimited);
  await decideDeviceGrant(mira, "a session", { ask, approve: true });
  expect(await run.ended).toMatchObject({ code: 0 });
}

async function browser(id: string, userId = mira.actor.id) {
  const now = new Date();
  await server.ground.db.orm.insert(sessions).values({
    id: id.repeat(32),
    accountId: mira.account,
    userId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + 3_600_000),
    cameBy: "password",
    userAgent: `Browser ${id}`,
  });
}

async function json(...args: string[]) {
  const { code, out, err } = await mc.run([...args, "--json"]);
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

test("one's own browsers and programs are listed and signed out, nobody else's", async () => {
  const { id: jonas } = await server.person("operator");
  await browser("a1");
  await browser("b2");
  await browser("c3", jonas);
  const { out } = await mc.run(["sessions", "list"]);
  expect(out).toMatch(/browser +Browser a1 +password/);
  expect(out).toMatch(/program +mc on \S+ \(this one\)/);
  expect(out).not.toContain("c3c3");
  const { token: adminToken } = await server.person("admin");
  const theirs = await mc.run(["users", "sessions", mira.actor.id], { MC_API_TOKEN: adminToken });
  expect(theirs.out).toMatch(/browser +Browser a1 +password/);
  expect(theirs.out).toMatch(/program +mc on \S+/);
  expect(await mc.run(["sessions", "revoke", "a1a1a1a1"])).toMatchObject({
    code: 0,
    out: "Signed out: Browser a1.\n",
  });
  expect(await mc.run(["sessions", "revoke", "c3".repeat(32)])).toMatchObject({ code: 4 });
  expect(await mc.run(["sessions", "revoke", "b2"])).toMatchObject({ code: 4 });
  const left = await json("sessions", "list");
  expect(left.sessions).toMatchObject([{ id: "b2".repeat(32) }]);
});

test("revoke-others leaves in what runs it, and no other program", async () => {
  await login({ XDG_CONFIG_HOME: `${mc.home}/other`, HOME: `${mc.home}/other` });
  expect((await json("sessions", "list")).programs).toHaveLength(2);
  expect(await json("sessions", "revoke-others")).toEqual({ ended: 1, programs: 1 });
  const { sessions: browsers, programs } = await json("sessions", "list");
  expect(browsers).toEqual([]);
  expect(programs).toMatchObject([{ current: true }]);
  expect(await mc.run(["sessions", "revoke", programs[0].id])).toMatchObject({ code: 0 });
  expect(await mc.run(["sessions", "list"])).toMatchObject({ code: 3 });
});

test("an API token is told that it is signed in nowhere", async () => {
  const answer = await mc.run(["sessions", "revoke-others"], { MC_API_TOKEN: apiToken });
  expect(answer).toMatchObject({ code: 3, err: expect.stringContaining("run mc login without --email") });
});
