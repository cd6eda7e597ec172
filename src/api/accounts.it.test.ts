import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agentKeys, apiTokens, notifications, passkeys, refreshTokens, sessions } from "@/db/schema";
import { createAgent } from "@/domain/fleet/agents";
import { issueCertificate } from "@/domain/fleet/certificates";
import { mainAccount, systemCtx } from "@/domain/kernel";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { addAlertRow } from "@/testing/firing-alert";
import { restRoutes } from "./http/rest-routes";

let server: ApiServer;
let stranger: string;
/** A resource of the first account for each part of a path; a new kind of resource must be added here. */
const ids: Record<string, string> = {};

/** Bodies that would succeed for the owner, so that "not found" is about whose it is and not about the body. */
const bodies: Record<string, object> = {
  "agents.change": { name: "taken over" },
  "channels.change": { name: "taken over" },
  "rules.change": { name: "taken over" },
  "rules.restore": { version: 1 },
  "alerts.assign": { userId: null },
  "alerts.comment": { text: "taken over" },
  "alerts.snooze": { forMs: 60_000 },
  "silences.change": { reason: "taken over" },
  "users.change": { role: "viewer" },
  "users.setPassword": { password: "Wandering-Moss-31-Lantern" },
  "passkeys.rename": { name: "taken over" },
  "commands.requestOne": { kind: "kill", reason: "taken over" },
};

beforeAll(async () => {
  server = await startApiServer();
  const owner = await server.person("admin");
  stranger = (await server.person("admin", "acc_other")).token;
  const make = async (path: string, body: object) => {
    const answer = await server.request("POST", path, { bearer: owner.token, body });
    expect(answer.status, answer.text).toBe(201);
    return answer.body as { id: string };
  };
  const { orm } = server.ground.db;
  const now = server.ground.clock.now();
  const agent = await createAgent(systemCtx(server.ground), { name: "theirs", group: "group of theirs" });
  ids.agents = agent.id;
  const [key] = await orm.select().from(agentKeys);
  ids.keyId = key?.id ?? "";
  ids.serial = (await issueCertificate(systemCtx(server.ground), agent.id, {})).serial;
  ids.commands = (await make(`/v1/agents/${agent.id}/commands`, { kind: "restart", reason: "theirs" })).id;
  ids.clients = (await make("/v1/oauth/clients", { name: "client of theirs", role: "viewer" })).id;
  ids["join-tokens"] = (await make("/v1/join-tokens", {})).id;
  ids.rules = (
    await make("/v1/rules", {
      name: "rule of theirs",
      condition: { kind: "offline" },
      scope: { kind: "all" },
      severity: "info",
    })
  ).id;
  const config = { url: "https://hooks.invalid/theirs" };
  ids.channels = (await make("/v1/channels", { kind: "teams", name: "channel of theirs", config })).id;
  const [token] = await orm.select().from(apiTokens).where(eq(apiTokens.createdBy, owner.id));
  ids.tokens = token?.id ?? "";
  ids.invitations = (await make("/v1/invitations", { email: "theirs@example.com", role: "viewer" })).id;
  ids.users = owner.id;
  ids.sessions = "5".repeat(64);
  await orm.insert(sessions).values({
    id: ids.sessions,
    accountId: mainAccount,
    userId: owner.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
  });
  ids.passkeys = server.ground.ids.id("psk");
  await orm.insert(passkeys).values({
    id: ids.passkeys,
    accountId: mainAccount,
    userId: owner.id,
    credentialId: "key-of-theirs",
    publicKey: "none",
    counter: 0,
    transports: [],
    backedUp: false,
    name: "passkey of theirs",
    createdAt: now,
  });
  ids.programs = server.ground.ids.id("fam");
  await orm.insert(refreshTokens).values({
    hash: "6".repeat(64),
    accountId: mainAccount,
    family: ids.programs,
    userId: owner.id,
    clientName: "program of theirs",
    scopes: [],
    createdAt: now,
    signedInAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
  });
  const rule = { id: ids.rules, name: "rule of theirs" };
  ids.alerts = (
    await addAlertRow(server.ground, rule, { agentId: agent.id, subjectName: "agent of theirs" })
  ).id;
  const fitting = [{ label: "agent", op: "=", value: "agent of theirs" }];
  ids.silences = (
    await make("/v1/silences", {
      matchers: fitting,
      reason: "silence of theirs",
      endsAt: "2099-01-01T00:00:00Z",
    })
  ).id;
  ids.notifications = server.ground.ids.id("ntf");
  await orm.insert(notifications).values({
    id: ids.notifications,
    accountId: mainAccount,
    channelId: ids.channels,
    event: "firing",
    title: "message of theirs",
    severity: "info",
    firingCount: 1,
    resolvedCount: 0,
    state: "dead",
    attempts: 1,
    createdAt: now,
    nextAttemptAt: now,
  });
});
afterAll(() => server.stop());

const withIds = restRoutes.filter(
  ({ path, meta }) => path.includes("{") && meta.access !== "agent" && meta.access !== "public",
);

test("there is a resource for every kind of path", () => {
  const missing = withIds.map(({ path }) => kindOf(path)).filter((kind) => !ids[kind]);
  expect(missing).toEqual([]);
});

test("what another account has does not exist", async () => {
  const before = await everythingOf(mainAccount);
  const found: string[] = [];
  for (const { procedure, method, path, takesBody } of withIds) {
    const real = path
      .replace("{keyId}", ids.keyId ?? "")
      .replace("{serial}", ids.serial ?? "")
      .replace("{id}", ids[kindOf(path)] ?? "");
    const answer = await server.request(method, `/v1${real}`, {
      bearer: stranger,
      ...(takesBody ? { body: bodies[procedure] ?? {} } : {}),
    });
    if (answer.status !== 404) found.push(`${procedure}: ${answer.status} ${answer.text}`);
  }
  expect(found).toEqual([]);
  const several = await server.request("POST", "/v1/commands", {
    bearer: stranger,
    body: { kind: "kill", reason: "taken over", agentIds: [ids.agents] },
  });
  expect(several.status, several.text).toBe(404);
  for (const act of ["acknowledge", "unacknowledge", "assign", "snooze"]) {
    const body = { ids: [ids.alerts], ...bodies[`alerts.${act}`] };
    const answer = await server.request("POST", `/v1/alerts/${act}`, { bearer: stranger, body });
    expect(answer.body, act).toMatchObject({ items: [{ alert: null, error: { code: "not-found" } }] });
  }
  expect(await everythingOf(mainAccount)).toEqual(before);
});

test("no list shows anything of another account", async () => {
  for (const { procedure, method, path, meta } of restRoutes) {
    if (method !== "GET" || path.includes("{") || meta.access === "agent") continue;
    const answer = await server.request(method, `/v1${path}`, { bearer: stranger });
    expect(answer.status, `${procedure}: ${answer.text}`).toBe(200);
    for (const id of Object.values(ids)) expect(answer.text, procedure).not.toContain(id);
    expect(answer.text, procedure).not.toContain("of theirs");
  }
});

/** `/auth/tokens/{id}` is about tokens, `/agents/{id}/keys` about agents. */
const kindOf = (path: string) => /([\w-]+)\/\{id\}/.exec(path)?.[1] ?? path;

/** Every row of the account in every table that has one, but for the log, which may name refused attempts. */
async function everythingOf(account: string): Promise<Record<string, unknown[]>> {
  const { sql } = server.ground.db;
  const tables = await sql<{ name: string }[]>`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_name)
    where c.column_name = 'account_id' and c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.table_name not like 'facts%' order by 1`;
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    rows[name] = [...(await sql`select * from ${sql(name)} where account_id = ${account} order by 1, 2, 3`)];
  }
  return rows;
}
