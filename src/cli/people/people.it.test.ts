import { afterAll, beforeAll, expect, test } from "vitest";
import { passkeys } from "@/db/schema";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { buildMc, type McCommand } from "@/testing/mc-command";

let server: ApiServer;
let mc: McCommand;
let admin: { id: string; token: string };
beforeAll(async () => {
  server = await startApiServer();
  admin = await server.person("admin");
  mc = await buildMc({ MC_URL: server.url, MC_API_TOKEN: admin.token });
});
afterAll(async () => {
  await mc.close();
  await server.stop();
});

async function json(...args: string[]) {
  const { code, out, err } = await mc.run([...args, "--json"]);
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

test("people are listed, get another role, are switched off and on, lose a second factor, and are deleted", async () => {
  const { id } = await server.person("viewer");
  const email = `${id}@example.com`;
  await server.ground.db.orm.insert(passkeys).values({
    id: "psk_one",
    accountId: "acc_main",
    userId: id,
    credentialId: "one",
    publicKey: "none",
    counter: 0,
    transports: [],
    backedUp: false,
    name: "phone",
    createdAt: new Date(),
  });
  expect((await mc.run(["users", "list"])).out).toMatch(new RegExp(`${email}.*1 passkeys`));
  expect(await json("users", "role", email.toUpperCase(), "operator")).toMatchObject({
    id,
    role: "operator",
  });
  expect(await json("users", "username", email, "Vera.B")).toMatchObject({ id, username: "Vera.B" });
  expect(await mc.run(["users", "username", email, "no spaces"])).toMatchObject({ code: 2 });
  expect(await json("users", "username", "vera.b")).toMatchObject({ id, username: null });
  expect(await json("users", "disable", email)).toMatchObject({ disabledAt: expect.any(String) });
  expect(await json("users", "enable", id)).toMatchObject({ disabledAt: null });
  expect(await json("users", "remove-2fa", email)).toEqual({ removed: true });
  expect(await json("users", "end-sessions", email)).toEqual({ ended: 0 });
  const own = await mc.run(["users", "set-password", email], { MC_PASSWORD: "Wandering-Moss-31-Lantern" });
  expect(own).toMatchObject({ code: 2, err: expect.stringContaining("set MC_NEW_PASSWORD") });
  const weak = await mc.run(["users", "set-password", email], { MC_NEW_PASSWORD: "short" });
  expect(weak).toMatchObject({ code: 2, err: expect.stringContaining("12") });
  expect(
    await mc.run(["users", "set-password", email], { MC_NEW_PASSWORD: "Wandering-Moss-31-Lantern" }),
  ).toMatchObject({ code: 0 });
  expect(await mc.run(["users", "delete", email])).toMatchObject({ code: 2 });
  expect(await mc.run(["users", "delete", email, "--yes"])).toMatchObject({ code: 0 });
  expect(await mc.run(["users", "role", email, "viewer"])).toMatchObject({ code: 4 });
});

test("the last admin is not demoted, and the sentence says what to do", async () => {
  const refused = await mc.run(["users", "role", admin.id, "viewer"]);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("Make another admin first") });
  expect((await mc.run(["users", "list"])).out).toContain("admin (the only one)");
});

test("an invitation is made, sent again and revoked", async () => {
  const sent = await json("invitations", "create", "nina@example.com", "--role", "operator", "--days", "3");
  expect(sent.link).toContain("#");
  const again = await json("invitations", "send", sent.id);
  expect(again.link).not.toBe(sent.link);
  expect(await json("invitations", "revoke", sent.id)).toMatchObject({ revokedAt: expect.any(String) });
  expect((await mc.run(["invitations", "list"])).out).toContain("nina@example.com");
});

test("a machine client is made with scopes, comes in, is rotated and revoked", async () => {
  const made = await json(
    "clients",
    "create",
    "ci",
    "--role",
    "operator",
    "--scopes",
    "board:read,agents:operate",
  );
  const enter = (secret: string) =>
    server.request("POST", "/v1/oauth/token", {
      body: { grant_type: "client_credentials", client_id: made.id, client_secret: secret },
    });
  expect((await enter(made.secret)).body.scope).toBe("board:read agents:operate");
  const rotated = await json("clients", "rotate", made.id, "--overlap", "0");
  expect((await enter(made.secret)).status).toBe(401);
  expect((await enter(rotated.secret)).status).toBe(200);
  expect(await mc.run(["clients", "revoke", made.id])).toMatchObject({ code: 0, out: "Revoked ci.\n" });
  expect((await enter(rotated.secret)).status).toBe(401);
  expect((await mc.run(["clients", "list"])).out).not.toContain(rotated.secret);
  expect(await mc.run(["clients", "create", "x", "--scopes", "nonsense"])).toMatchObject({ code: 2 });
  expect(await mc.run(["clients", "revoke", "cli_none"])).toMatchObject({ code: 4 });
});

test("tokens and join tokens are listed and revoked, never with their secret", async () => {
  const tokens = await json("tokens", "list");
  expect(tokens.at(-1)).toMatchObject({ madeBy: "Test admin", role: "admin" });
  expect(JSON.stringify(tokens)).not.toContain(admin.token);
  const { token, id } = await json("join-tokens", "create", "--uses", "2", "--group", "web");
  expect(token).toMatch(/^mcj_/);
  expect(await mc.run(["join-tokens", "revoke", id])).toMatchObject({ code: 0 });
  expect((await mc.run(["join-tokens", "list"])).out).not.toContain(token);
  const { id: viewersToken } =
    tokens.find((item: { madeBy: string }) => item.madeBy !== "Test admin") ?? tokens[0];
  expect(await json("tokens", "revoke", viewersToken)).toMatchObject({ revokedAt: expect.any(String) });
});
