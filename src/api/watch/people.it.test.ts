import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Alert } from "@/contracts/watch/alert";
import type { AlertStory } from "@/contracts/watch/story";
import { alertStates, alerts, channels } from "@/db/schema";
import { mainAccount, systemCtx } from "@/domain/kernel";
import { createUser } from "@/domain/people/users";
import { actionLinks } from "@/domain/watch/links";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { addAlertRow, addRuleRow } from "@/testing/firing-alert";
import { rawRequest } from "@/testing/raw-request";

const password = "Correct-horse-7-battery";
let server: ApiServer;
let rule: { id: string; name: string };
let ada: { id: string; token: string };
let bob: { id: string; token: string };
beforeAll(async () => {
  server = await startApiServer();
  rule = await addRuleRow(server.ground);
  [ada, bob] = [await server.person("operator"), await server.person("operator")];
  await server.ground.db.orm.insert(channels).values({
    id: "chn_ops",
    accountId: mainAccount,
    kind: "teams",
    name: "Ops Teams",
    sealedConfig: "none",
    target: "https://hooks.example.com/…",
    enabled: true,
    failuresInRow: 0,
    createdAt: new Date(),
  });
});
afterAll(() => server.stop());

const fire = (over = {}) => addAlertRow(server.ground, rule, over);
const get = (path: string, bearer = ada.token) => server.request("GET", path, { bearer });
const post = (path: string, body: object = {}, bearer = ada.token) =>
  server.request("POST", path, { bearer, body });
const list = async (query: string) =>
  ((await get(`/v1/alerts?${query}`)).body as { items: Alert[] }).items.map(({ id }) => id);
const tokenOf = (alertId: string, act: "acknowledge" | "silence" = "acknowledge") =>
  actionLinks(server.ground, { alertId, channelId: "chn_ops", consoleUrl: "x" })[act].slice("x/a/".length);
const rowOf = async (id: string) =>
  (await server.ground.db.orm.select().from(alerts).where(eq(alerts.id, id)))[0] ?? expect.fail();

test("the list is narrowed by what one looks for, firing ones first, a page at a time", async () => {
  const now = Date.now();
  const at = (minutes: number) => ({ firedAt: new Date(now - minutes * 60_000) });
  const group = "narrow";
  const one = await fire({ group, subjectName: "50%_of\\it", severity: "critical", ...at(3) });
  const two = await fire({ group, kind: "stuck", agentId: "agt_two", ...at(2) });
  const over = await fire({ group, state: "resolved", resolvedAt: new Date(), ...at(1) });
  const older = await fire({ group, state: "resolved", resolvedAt: new Date(), ...at(9) });
  const in_ = (query: string) => list(`group=${group}&${query}`);
  expect(await in_("")).toEqual([two.id, one.id, over.id, older.id]);
  expect(await in_("state=resolved")).toEqual([over.id, older.id]);
  expect(await in_("severity=critical")).toEqual([one.id]);
  expect(await in_("kind=stuck")).toEqual([two.id]);
  expect(await in_("agentId=agt_two")).toEqual([two.id]);
  expect(await in_(`ruleId=${rule.id}&state=firing`)).toEqual([two.id, one.id]);
  expect(await in_("ruleId=rul_none")).toEqual([]);
  expect(await in_("q=%25_OF%5C")).toEqual([one.id]);
  expect(await in_("q=%25%25")).toEqual([]);
  await post(`/v1/alerts/${one.id}/acknowledge`, { note: "mine" });
  await post(`/v1/alerts/${one.id}/assign`, { userId: bob.id });
  expect(await in_("acknowledged=true")).toEqual([one.id]);
  expect(await in_("acknowledged=false&state=firing")).toEqual([two.id]);
  expect(await in_(`assignedTo=${bob.id}`)).toEqual([one.id]);
  expect(await in_("assignedTo=nobody&state=firing")).toEqual([two.id]);
  expect(await in_("assignedTo=me")).toEqual([]);
  expect(await in_("mine=true"), "acknowledged by who asks, assigned to somebody else").toEqual([one.id]);
  expect(await in_("mine=false&state=firing")).toEqual([two.id]);
  const paged: string[] = [];
  let cursor = "";
  do {
    const answer = await get(`/v1/alerts?group=${group}&limit=1${cursor}`);
    const page = answer.body as { items: Alert[]; nextCursor: string | null };
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
  } while (cursor);
  expect(paged).toEqual([two.id, one.id, over.id, older.id]);
});

test("what has not lasted long enough yet is listed with when it fires", async () => {
  const states = [1, 2, 3].map((n) => ({
    ruleId: rule.id,
    subjectKey: `agent:agt_p${n}`,
    accountId: mainAccount,
    subject: { kind: "agent" as const, id: `agt_p${n}`, name: `p${n}` },
    agentId: `agt_p${n}`,
    state: n === 3 ? ("recovering" as const) : ("pending" as const),
    since: new Date("2026-11-21T10:00:00Z"),
    changedAt: new Date("2026-11-21T10:00:00Z"),
    dueAt: new Date("2026-11-21T10:05:00Z"),
    summary: "Quiet.",
    marks: [],
    flips: [],
  }));
  await server.ground.db.orm.insert(alertStates).values(states);
  const first = (await get("/v1/alerts/pending?limit=1")).body as { items: object[]; nextCursor: string };
  expect(first.items).toMatchObject([
    {
      ruleName: rule.name,
      subject: { name: "p2" },
      firesAt: "2026-11-21T10:05:00.000Z",
      severity: "warning",
    },
  ]);
  const next = await get(`/v1/alerts/pending?limit=1&cursor=${first.nextCursor}`);
  expect(next.body).toMatchObject({ items: [{ subject: { name: "p1" } }], nextCursor: null });
  expect((await get("/v1/alerts/pending?agentId=agt_p1")).body).toMatchObject({
    items: [{ agentId: "agt_p1" }],
  });
});

test("everything that people do, by REST: one, several, and the story of it", async () => {
  const { id } = await fire();
  const other = await fire();
  expect((await post(`/v1/alerts/${id}/acknowledge`, { note: "on it" })).body).toMatchObject({
    acknowledgedNote: "on it",
  });
  const comment = await post(`/v1/alerts/${id}/comments`, { text: "the disk" }, bob.token);
  expect(comment.status, comment.text).toBe(201);
  expect((await post(`/v1/alerts/${id}/snooze`, { forMs: 60_000 })).status).toBe(200);
  expect((await post(`/v1/alerts/${id}/snooze`, { forMs: 1 })).status).toBe(400);
  expect((await post("/v1/alerts/unacknowledge", { ids: [id, other.id, "alr_none"] })).body).toMatchObject({
    items: [
      { id, alert: { acknowledgedBy: null }, error: null },
      { id: other.id, alert: { acknowledgedBy: null }, error: null },
      { id: "alr_none", alert: null, error: { code: "not-found" } },
    ],
  });
  const tooMany = await post("/v1/alerts/acknowledge", { ids: Array(201).fill(id) });
  expect(tooMany.status, tooMany.text).toBe(400);
  expect((await get("/v1/alerts/assignees")).text).toContain(bob.id);
  const { entries } = (await get(`/v1/alerts/${id}/story`)).body as AlertStory;
  expect(entries.map((entry) => (entry.kind === "act" ? entry.act : entry.kind))).toEqual([
    "fired",
    "acknowledged",
    "commented",
    "snoozed",
    "unacknowledged",
  ]);
});

test("a repeated Idempotency-Key comments once", async () => {
  const { id } = await fire();
  const say = () =>
    server.request("POST", `/v1/alerts/${id}/comments`, {
      bearer: ada.token,
      body: { text: "once" },
      headers: { "Idempotency-Key": "comment-1" },
    });
  expect((await say()).body).toEqual((await say()).body);
  const { entries } = (await get(`/v1/alerts/${id}/story`)).body as AlertStory;
  expect(entries.filter(({ kind }) => kind === "act")).toHaveLength(1);
});

test("a link opened by GET and HEAD, by whomever, changes nothing; the POST acts without a session", async () => {
  const { id } = await fire();
  const path = `/v1/alert-links/${tokenOf(id)}`;
  const before = await rowOf(id);
  for (const userAgent of ["SkypeUriPreview Preview/0.5", "Slackbot-LinkExpanding 1.0", "Mozilla/5.0"]) {
    const headers = { "User-Agent": userAgent };
    const seen = await server.request("GET", path, { headers });
    expect(seen.status, seen.text).toBe(200);
    expect(seen.headers.get("cache-control")).toContain("no-store");
    expect(seen.body).toMatchObject({ state: "open", actsAs: "link to Ops Teams" });
    expect((await rawRequest(server.url, { method: "HEAD", path, headers })).status).toBe(200);
  }
  expect(await rowOf(id)).toEqual(before);
  expect((await server.request("POST", path, { body: {} })).body).toMatchObject({ done: { now: true } });
  expect((await rowOf(id)).acknowledgedBy).toBe("link to Ops Teams");
  expect((await server.request("POST", path, { body: {} })).body).toMatchObject({
    state: "done",
    done: { by: "link to Ops Teams", now: false },
  });
});

test("with a session the person acts; a page of another site can't press the button for them", async () => {
  const email = "grace@example.com";
  await createUser(systemCtx(server.ground), { email, name: "Grace", role: "operator", password });
  const login = await server.request("POST", "/v1/auth/login", { body: { identifier: email, password } });
  const cookie = login.headers.get("set-cookie")?.split(";")[0] ?? "";
  const { id } = await fire();
  const path = `/v1/alert-links/${tokenOf(id)}`;
  const elsewhere = await server.request("POST", path, {
    cookie,
    body: {},
    headers: { Origin: "https://evil.example" },
  });
  expect(elsewhere.status, elsewhere.text).toBe(403);
  expect((await rowOf(id)).acknowledgedBy).toBeNull();
  const acted = await server.request("POST", path, { cookie, body: {}, headers: { Origin: server.url } });
  expect(acted.body).toMatchObject({ actsAs: "Grace", done: { by: "Grace", now: true } });
});

test("guessing at links ends in 429 for that place, not for others", async () => {
  const from = (ip: string) => ({ headers: { "X-Forwarded-For": ip } });
  const guess = () => server.request("GET", "/v1/alert-links/s1.guess", from("203.0.113.7"));
  for (let n = 0; n < 5; n += 1) expect((await guess()).status).toBe(404);
  const limited = await guess();
  expect(limited.status).toBe(429);
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await server.request("GET", "/v1/alert-links/s1.guess", from("203.0.113.8"))).status).toBe(404);
});
