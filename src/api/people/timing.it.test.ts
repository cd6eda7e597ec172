import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "@/db/schema";
import { mainAccount, systemCtx } from "@/domain/kernel";
import { floorMs } from "@/domain/people/sessions";
import { createUser } from "@/domain/people/users";
import { systemClock } from "@/platform/clock";
import { type ApiAnswer, type ApiServer, startApiServer } from "@/testing/api-server";
import { type MailServer, startMailServer } from "@/testing/mail-server";

/**
 * Nobody learns who exists, neither from an answer nor from its time. The time is not measured but counted: the clock
 * writes down how long each answer was held back. The monotonic one stands still, so the work took no time at all and
 * every answer about a credential must have been held back for the whole floor, once.
 */
const waits: number[] = [];
const clock = {
  ...systemClock,
  monotonicMs: () => 0,
  sleep: async (ms: number) => void waits.push(ms),
};
const password = "Correct-horse-7-battery";
let server: ApiServer;
let mail: MailServer;
const who: Record<string, string> = {
  unknown: "nobody@example.com",
  known: "known@example.com",
  disabled: "disabled@example.com",
  locked: "locked@example.com",
  "of single sign-on": "sso@example.com",
  "with a hash of elsewhere": "bcrypt@example.com",
  "with a broken hash": "broken@example.com",
};

beforeAll(async () => {
  mail = await startMailServer();
  server = await startApiServer({
    settings: { SMTP_URL: mail.url, MC_MAIL_FROM: "mc@example.com", MC_URL: "https://control.example" },
    over: { clock },
  });
  const { orm } = server.ground.db;
  const now = clock.now();
  const row = (email: string, over: Partial<typeof users.$inferInsert> = {}) => ({
    id: server.ground.ids.id("usr"),
    accountId: mainAccount,
    email,
    name: "Somebody",
    role: "viewer" as const,
    createdAt: now,
    ...over,
  });
  for (const name of ["known", "disabled", "locked"]) {
    const email = who[name] ?? "";
    await createUser(systemCtx(server.ground), { email, name, role: "admin", password });
  }
  const { sql } = server.ground.db;
  await sql`update users set disabled_at = now() where email = ${who.disabled ?? ""}`;
  await sql`update users set locked_until = now() + interval '10 minutes' where email = ${who.locked ?? ""}`;
  await orm.insert(users).values([
    row("sso@example.com"),
    // bcrypt of another password, cost 10.
    row("bcrypt@example.com", {
      passwordHash: "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
    }),
    row("broken@example.com", { passwordHash: "not a hash" }),
  ]);
});
afterAll(async () => {
  await server.stop();
  await mail.stop();
});

let asked = 0;
/** From an address of its own, since limits are not the question; answers what was told and how long it was held. */
async function told(path: string, body: unknown, type = "application/json") {
  waits.length = 0;
  asked += 1;
  const answer = await server.request("POST", path, {
    body,
    headers: { "X-Forwarded-For": `198.18.9.${asked}`, "Content-Type": type, "X-Request-Id": "same-for-all" },
  });
  return { ...seen(answer), heldMs: [...waits] };
}

/** All that the asker sees, but the clock of the answer itself. */
function seen({ status, headers, text }: ApiAnswer) {
  const all = Object.fromEntries(headers);
  for (const name of ["date", "set-cookie"]) delete all[name];
  return { status, headers: all, text };
}

/** Every one of `answers` is the same, and was held back for the floor, once. */
async function same(answers: [string, Promise<Awaited<ReturnType<typeof told>>>][]) {
  const [first] = answers;
  const wanted = await first?.[1];
  for (const [name, answer] of answers) {
    expect(await answer, name).toEqual(wanted);
    expect((await answer).heldMs, `${name} was answered before the floor`).toEqual([floorMs]);
  }
  return wanted;
}

/** One after the other: the waits of two at once could not be told apart. */
async function eachOf<Name extends string>(
  names: Name[],
  ask: (name: Name) => ReturnType<typeof told>,
): Promise<[string, ReturnType<typeof told>][]> {
  const answers: [string, ReturnType<typeof told>][] = [];
  for (const name of names) {
    const answer = await ask(name);
    answers.push([name, Promise.resolve(answer)]);
  }
  return answers;
}
const people = Object.keys(who);

test("a wrong password: whoever it is, and whether there is anybody", async () => {
  const ask = (name: string) =>
    told("/v1/auth/login", { identifier: who[name] ?? name, password: "Wrong-horse-7-battery" });
  const answer = await same(await eachOf([...people, "nobody with a name"], ask));
  expect(answer?.status).toBe(401);
});

test("the right password of a disabled account tells no more than a wrong one", async () => {
  const ask = (identifier: string) => told("/v1/auth/login", { identifier, password });
  const answers = await eachOf(["nobody@example.com", "disabled@example.com"], ask);
  expect((await same(answers))?.status).toBe(401);
});

test("a success is held back as long as a failure", async () => {
  const answer = await told("/v1/auth/login", { identifier: who.known, password });
  expect([answer.status, answer.heldMs]).toEqual([200, [floorMs]]);
});

test("a link for a forgotten password", async () => {
  const ask = (name: string) => told("/v1/auth/password/forgot", { identifier: who[name] });
  expect((await same(await eachOf(people, ask)))?.status).toBe(200);
});

test("a recovery code", async () => {
  const ask = (name: string) =>
    told("/v1/auth/recover", {
      identifier: who[name],
      code: "ABCD-EFGH-JKLM",
      password: "Moss-lantern-31-wandering",
    });
  expect((await same(await eachOf(people, ask)))?.status).toBe(401);
});

test("links, tickets, passkeys, setup codes, clients and devices that do not exist are held back as well", async () => {
  const token = "mcp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  const form = "application/x-www-form-urlencoded";
  const shown = {
    id: "AAAA",
    rawId: "AAAA",
    type: "public-key",
    response: { clientDataJSON: "e30", authenticatorData: "AAAA", signature: "AAAA" },
  };
  const secret = "Moss-lantern-31-wandering";
  const asks: [string, unknown, string?][] = [
    ["/v1/auth/password/reset", { token, password: secret }],
    ["/v1/invitations/look", { token }],
    ["/v1/invitations/accept", { token, name: "x", password: secret }],
    ["/v1/auth/second-factor", { ticket: token, code: "123456" }],
    ["/v1/auth/second-factor/passkey", { ticket: token }],
    ["/v1/auth/passkey/finish", shown],
    ["/v1/auth/setup", { code: "ABCD-EFGH-JKLM", email: "x@example.com", name: "x", password: secret }],
    ["/v1/auth/sso/link", { token, password: secret }],
    ["/v1/oauth/token", "grant_type=client_credentials&client_id=cli_x&client_secret=x", form],
    ["/v1/oauth/token", `grant_type=refresh_token&client_id=mc&refresh_token=${token}`, form],
    [
      "/v1/oauth/token",
      `grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=mc&device_code=${token}`,
      form,
    ],
    ["/v1/oauth/revoke", `token=${token}`, form],
  ];
  const early: string[] = [];
  for (const [path, body, type] of asks) {
    const answer = await told(path, body, type);
    expect(answer.status, answer.text).toBeLessThan(500);
    if (answer.heldMs.join() !== String(floorMs)) early.push(`${path} ${answer.status} ${answer.heldMs}`);
  }
  expect(early).toEqual([]);
});

test("what a browser needs to ask for a passkey names nobody", async () => {
  const { text, status } = await told("/v1/auth/passkey/begin", {});
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ allowCredentials: [] });
});
