import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sessions, totpFactors } from "@/db/schema";
import { mainAccount, systemCtx } from "@/domain/kernel";
import { createInvitation } from "@/domain/people/invitations";
import { type DangerousAct, dangerousActs } from "@/domain/people/second-factor";
import { beginSession, sessionCookies } from "@/domain/people/sessions";
import { createUser, userRow } from "@/domain/people/users";
import { sha256Hex } from "@/platform/crypto";
import { type ApiServer, startApiServer } from "@/testing/api-server";

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer({ settings: { MC_URL: "https://control.example.com" } });
});
afterAll(() => server.stop());

const password = "Correct-horse-7-battery";
const visitor = { ip: null, userAgent: null };
const system = () => systemCtx(server.ground);
let count = 0;
/** An admin with an authenticator app, who came by it a while ago; `cookie` is the session. */
let admin: { id: string; cookie: string; fresh(): Promise<unknown> };
beforeEach(async () => {
  count += 1;
  const { orm } = server.ground.db;
  const email = `admin${count}@example.com`;
  const { id } = await createUser(system(), { email, name: "An admin", role: "admin", password });
  const at = new Date();
  const factor = { userId: id, accountId: mainAccount, sealedSecret: "", createdAt: at, confirmedAt: at };
  await orm.insert(totpFactors).values(factor);
  const token = await beginSession(system(), await userRow(system(), id), visitor, {
    cameBy: "second-factor",
  });
  const [cookie = ""] = sessionCookies(server.ground, server.runtime.env.url).carrying(token).split(";");
  const own = eq(sessions.id, sha256Hex(token));
  const stale = { stepUpAt: new Date(Date.now() - 10 * 60_000 - 1_000) };
  await orm.update(sessions).set(stale).where(own);
  admin = { id, cookie, fresh: () => orm.update(sessions).set({ stepUpAt: new Date() }).where(own) };
});

const somebody = () => ({ email: `guest${count}@example.com`, name: "Guest" });
const invited = async () => {
  const post = { mailer: server.runtime.mailer, consoleUrl: server.runtime.env.url };
  const input = { ...somebody(), role: "admin" as const, expiresInDays: 1 };
  return createInvitation(system(), input, post);
};
const passwordHash = "$2b$10$N9qo8uLOickgx2ZMRZoMyeTFXuPw3mjejnQJl9bVXSyWahpFQVLji";

type Call = [procedure: string, input: object];
/** One call for each act of the table; what is missing or too many does not compile. */
const calls: Record<DangerousAct, () => Call | Promise<Call>> = {
  "user.make-admin": () => ["users.create", { ...somebody(), role: "admin", password }],
  "user.change-role": () => ["users.change", { id: "none", role: "viewer" }],
  "user.disable": () => ["users.change", { id: "none", disabled: true }],
  "user.delete": () => ["users.remove", { id: "none" }],
  "user.set-password": () => ["users.setPassword", { id: "none", password }],
  "user.import": () => ["users.import", { users: [{ ...somebody(), role: "viewer", passwordHash }] }],
  "user.remove-factors": () => ["users.removeSecondFactor", { id: "none" }],
  "invitation.make-admin": () => ["invitations.create", { ...somebody(), role: "admin" }],
  "invitation.renew-admin": async () => ["invitations.renew", { id: (await invited()).id }],
  "token.make-admin": () => ["tokens.create", { name: "mighty", role: "admin" }],
  "device.approve-as-admin": () => ["oauth.decide", { ask: "none", approve: true }],
  "client.make-admin": () => ["oauthClients.create", { name: "mighty", role: "admin" }],
  "client.rotate": () => ["oauthClients.rotate", { id: "none" }],
  "signing-key.rotate": () => ["oauth.rotateKey", {}],
  "factor.set-policy": () => ["secondFactor.setPolicy", { requiredFor: ["admin"] }],
  "factor.remove-app": () => ["secondFactor.remove", {}],
  "passkey.add": () => ["passkeys.begin", { name: "key" }],
  "passkey.remove": () => ["passkeys.remove", { id: "none" }],
  "recovery-codes.make": () => ["secondFactor.makeRecoveryCodes", {}],
};

test.each(Object.keys(dangerousActs) as DangerousAct[])("%s takes a fresh second factor", async (act) => {
  const [procedure, input] = await calls[act]();
  const call = () => server.request("POST", `/api/trpc/${procedure}`, { cookie: admin.cookie, body: input });
  const refused = await call();
  expect(refused.status, refused.text).toBe(403);
  expect(refused.body).toMatchObject({
    error: {
      message: expect.stringContaining(`${dangerousActs[act]} takes a fresh second factor`),
      data: { details: { stepUp: true, act, methods: ["totp"] } },
    },
  });
  await admin.fresh();
  const answer = await call();
  expect(answer.text, "with a fresh one it goes on").not.toContain("stepUp");
  expect([200, 201, 404], answer.text).toContain(answer.status);
});
