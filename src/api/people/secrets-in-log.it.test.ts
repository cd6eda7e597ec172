import { Writable } from "node:stream";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prepareSetup } from "@/domain/people/setup";
import { systemClock } from "@/platform/clock";
import { systemIds } from "@/platform/ids";
import { createLog } from "@/platform/log";
import type { ApiAnswer } from "@/testing/api-server";
import { eventually } from "@/testing/eventually";
import { type IdentityProvider, startIdentityProvider } from "@/testing/identity-provider";
import { type MailServer, startMailServer } from "@/testing/mail-server";
import { totpCodeAt } from "@/testing/totp";
import { visitor } from "@/testing/visitor";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";

/**
 * Everything that is secret is used once rightly and once wrongly, with everything logged; then the whole of what was
 * logged, and everything else that the process printed, is searched for each of them, and so are the facts.
 */
const secrets = new Map<string, string>();
const keep = <Text extends string>(name: string, text: Text): Text => {
  secrets.set(`${name} ${secrets.size}`, text);
  return text;
};
/** Notes every token that is made, such as those that stand in a mail only. */
const ids = { ...systemIds, secret: (prefix: string) => keep(prefix, systemIds.secret(prefix)) };

const secretTables = [
  "users",
  "sessions",
  "api_tokens",
  "agent_keys",
  "challenges",
  "password_resets",
  "invitations",
  "recovery_codes",
  "refresh_tokens",
  "oauth_clients",
  "device_grants",
  "channels",
];
/** The floor of answers about a credential is another test's. */
const clock = { ...systemClock, sleep: async () => {} };

const email = "owner@example.com";
const first = keep("password", "Correct-horse-7-battery");
const second = keep("new password", "Wandering-moss-31-lantern");
const wrong = keep("wrong password", "Wrong-lantern-8-battery");
const smtpPassword = keep("mail password", "smtp-Hunter-4711");
const oidcSecret = keep("secret at the provider", "oidc-Hunter-4711-client");
const signature = keep("signature of a webhook", "sigHunter4711webhook");

let server: WholeServer;
let provider: IdentityProvider;
let mail: MailServer;
let said = "";
let dataDir = "";
const printed: ReturnType<typeof vi.spyOn>[] = [];

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    printed.push(
      vi.spyOn(stream, "write").mockImplementation((chunk: string | Uint8Array) => {
        said += String(chunk);
        return write(chunk);
      }),
    );
  }
  provider = await startIdentityProvider();
  mail = await startMailServer();
  const destination = new Writable({
    write(chunk, _encoding, done) {
      said += String(chunk);
      done();
    },
  });
  server = await startWholeServer({
    settings: {
      SMTP_URL: mail.url.replace("smtp://", `smtp://ops:${smtpPassword}@`),
      MC_MAIL_FROM: "mc@example.com",
      MC_OIDC_ISSUER: provider.issuer,
      MC_OIDC_CLIENT_ID: "console",
      MC_OIDC_CLIENT_SECRET: oidcSecret,
      MC_OIDC_GROUP_MAP: "staff=viewer",
    },
    over: { log: createLog("trace", {}, destination), ids, clock },
  });
  dataDir = server.runtime.env.dataDir;
  const { password } = new URL(server.ground.db.url);
  if (password) keep("password of the database", password);
});
afterAll(async () => {
  for (const spy of printed) spy.mockRestore();
  await server.stop();
  await provider.stop();
  await mail.stop();
});

let asked = 0;
type Shown = { bearer?: string; cookie?: string; headers?: Record<string, string> };
async function call(method: string, path: string, body?: unknown, shown: Shown = {}): Promise<ApiAnswer> {
  asked += 1;
  const headers = { "X-Forwarded-For": `198.18.${asked >> 8}.${asked & 255}`, ...shown.headers };
  return server.request(method, path, { ...shown, headers, ...(body === undefined ? {} : { body }) });
}
const post = (path: string, body: unknown, shown: Shown = {}) => call("POST", `/v1${path}`, body, shown);
async function made(path: string, body: unknown, shown: Shown) {
  const answer = await post(path, body, shown);
  expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
  return answer.body as Record<string, string>;
}
function cookieOf(answer: ApiAnswer): string {
  const [pair = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  keep("cookie", pair.slice(pair.indexOf("=") + 1));
  return pair;
}
const form = { "Content-Type": "application/x-www-form-urlencoded" };
const token = (fields: Record<string, string>) =>
  post("/oauth/token", new URLSearchParams(fields).toString(), { headers: form });

/** All doors with all secrets; while everything works they are right, later they fail for reasons of ours. */
const doors: (() => Promise<unknown>)[] = [];

test("every kind of secret is in play, rightly and wrongly", async () => {
  const code = keep("setup code", (await prepareSetup(server.ground, dataDir)) ?? "");
  expect(code).toMatch(/^[A-Z2-9-]{14}$/);
  const owner = { email, name: "Owner", password: first };
  await post("/auth/setup", { ...owner, code: "AAAA-AAAA-AAAA" });
  const setup = await post("/auth/setup", { ...owner, code });
  expect(setup.status, setup.text).toBe(201);
  for (const set of setup.headers.getSetCookie()) {
    const value = set.slice(set.indexOf("=") + 1).split(";")[0] ?? "";
    if (value) keep("cookie of the setup", value);
  }

  const login = (password: string) => post("/auth/login", { identifier: email, password });
  const cookie = cookieOf(await login(first));
  await login(wrong);
  // People type a password where the address belongs.
  await post("/auth/login", { identifier: wrong, password: email });
  await post("/auth/password/forgot", { identifier: wrong });
  doors.push(
    () => login(first),
    () => login(wrong),
    () => call("GET", "/v1/auth/sessions", undefined, { cookie }),
  );

  const api = await made("/auth/tokens", { name: "script", role: "admin" }, { cookie });
  const bearer = api.token ?? "";
  doors.push(() => call("GET", `/v1/auth/status?token=${bearer}`, undefined, { bearer }));
  await call("GET", "/v1/auth/status", undefined, { bearer: `${bearer}x` });
  await call("GET", "/v1/auth/status", undefined, { headers: { Authorization: `Token ${bearer}` } });

  const agent = await made("/agents", { name: "indexer" }, { bearer });
  const certificate = await made(`/agents/${agent.id}/certificates`, {}, { bearer });
  const [pem] = Object.values(certificate).filter((text) => /PRIVATE KEY/.test(String(text)));
  if (pem) keep("key of a certificate", pem.split("\n")[1] ?? pem);
  await made("/join-tokens", {}, { bearer });
  const keys = [...secrets.values()].filter((text) => /^mc[aj]_/.test(text));
  expect(keys).toHaveLength(2);
  for (const key of keys) {
    doors.push(() => post("/agent/beat", { activity: "idle" }, { bearer: key }));
    await post("/agent/join", { name: "x" }, { bearer: `${key}x` });
  }

  const config = { url: `https://hooks.invalid/workflows/1/invoke?sig=${signature}` };
  const channel = await made("/channels", { kind: "teams", name: "ops", config }, { bearer });
  doors.push(() => post(`/channels/${channel.id}/test`, {}, { bearer }));

  const client = await made("/oauth/clients", { name: "deploy", role: "viewer" }, { bearer });
  const machine = { grant_type: "client_credentials", client_id: client.id ?? client.clientId ?? "" };
  const secret = [...secrets.values()].find((text) => text.startsWith("mcs_")) ?? "";
  const access = (await token({ ...machine, client_secret: secret })).body.access_token;
  keep("access token", String(access));
  await token({ ...machine, client_secret: `${secret}x` });
  doors.push(() => token({ ...machine, client_secret: secret }));
  doors.push(() => call("GET", "/v1/agents", undefined, { bearer: String(access) }));

  const device = (await post("/oauth/device_authorization", "client_id=mc", { headers: form })).body;
  const user = keep("user code", String(device.user_code));
  const seen = await made("/oauth/device", { code: user }, { cookie });
  await made("/oauth/device/decision", { ask: seen.ask, approve: true }, { cookie });
  const grant = { grant_type: "urn:ietf:params:oauth:grant-type:device_code", client_id: "mc" };
  const tokens = (await token({ ...grant, device_code: String(device.device_code) })).body;
  const refresh = {
    grant_type: "refresh_token",
    client_id: "mc",
    refresh_token: String(tokens.refresh_token),
  };
  keep("access token of a person", String(tokens.access_token));
  await token(refresh);
  await token(refresh);
  doors.push(() => token(refresh));

  const invited = await made("/invitations", { email: "new@example.com", role: "viewer" }, { bearer });
  const link = { token: String(invited.link).split("#")[1] ?? "" };
  await post("/invitations/look", link);
  await post("/invitations/accept", { ...link, name: "New", password: "weak" });
  doors.push(() => post("/invitations/accept", { ...link, name: "New", password: second }));
  await post("/auth/password/forgot", { identifier: email });
  const reset = [...secrets.values()].find((text) => text.startsWith("mcp_")) ?? "";
  expect(reset).not.toBe("");
  doors.push(() => post("/auth/password/reset", { token: reset, password: second }));

  const totp = await made("/auth/totp", {}, { cookie });
  keep("secret of the app", totp.secret ?? "");
  const shown = keep("code of the app", totpCodeAt(totp.secret ?? "", server.ground.clock.now()));
  const codes = await made("/auth/totp/confirm", { code: shown }, { cookie });
  const [recovery = "", other = ""] = codes.recoveryCodes ?? [];
  keep("recovery code", recovery);
  keep("recovery code", other);
  const next = await login(first);
  const ticket = keep("ticket", String(next.body.ticket));
  await post("/auth/second-factor", { ticket, code: "000000" });
  doors.push(() => post("/auth/second-factor", { ticket, code: shown }));
  doors.push(() => post("/auth/recover", { identifier: email, code: recovery, password: second }));
  doors.push(() => post("/auth/password", { current: first, password: second }, { cookie }));
});

test("single sign-on, with a provider that vouches, one that refuses us, and none", async () => {
  const setUp = {
    clientId: "console",
    clientSecret: oidcSecret,
    redirectUri: `${server.url}/auth/sso/callback`,
    people: [{ id: "ada", claims: { email: "ada@example.com", email_verified: true, groups: ["staff"] } }],
    refreshTokens: true,
  };
  const visit = async () => {
    const browser = visitor();
    const { way, status } = await browser.visit(`${server.url}/auth/sso/start?to=/`);
    for (const name of ["code", "state", "nonce", "code_challenge"]) {
      for (const address of way) {
        const value = new URL(address).searchParams.get(name);
        if (value) keep(`${name} of single sign-on`, value);
      }
    }
    const session = browser.cookiesFor(server.url).split("mc_session=")[1];
    if (session) keep("cookie by single sign-on", session);
    return status;
  };
  await provider.setUp(setUp);
  await provider.sitDown("ada");
  expect(await visit()).toBe(200);
  await provider.setUp({ ...setUp, clientSecret: "another one" });
  await provider.sitDown("ada");
  expect(await visit()).toBeGreaterThanOrEqual(400);
  await provider.goAway();
  // The provider was known before it went: the visit may end there, or here.
  doors.push(() => visit().catch(() => 0));
});

test("without mail, without the provider, and then without the database, everything once more", async () => {
  mail.behave("refuse-for-good");
  for (const door of doors) await door();
  const { sql } = server.ground.db;
  const facts = [
    ...(await sql`select row_to_json(facts)::text as text from facts`),
    ...(await sql`select row_to_json(facts_pending)::text as text from facts_pending`),
  ];
  expect(facts.length).toBeGreaterThan(20);
  const told = facts.map(({ text }) => String(text)).join("\n");
  expect([...secrets].filter(([, secret]) => told.includes(secret)).map(([name]) => name)).toEqual([]);
  // Failed statements tell what they were asked with, so those of every table of secrets fail.
  for (const table of secretTables) await sql`alter table ${sql(table)} rename to ${sql(`${table}_gone`)}`;
  for (const door of doors) await door().catch(() => null);
  await eventually(() => /A mail was/.test(said));
  await sql.end({ timeout: 0 });
  for (const door of doors) await door().catch(() => null);
});

test("no secret stands in anything that was logged or printed", () => {
  expect(secrets.size).toBeGreaterThan(30);
  expect(said.split("\n").length).toBeGreaterThan(8);
  expect(said, "the failures were logged").toMatch(/Failed query/);
  const found = [...secrets].filter(([, secret]) => said.includes(secret)).map(([name]) => name);
  expect(found).toEqual([]);
});
