import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { alertLinkMs } from "@/contracts/watch/alert-link";
import { accounts, alerts, channels } from "@/db/schema";
import { type Ctx, mainAccount, systemCtx } from "@/domain/kernel";
import { type Attempts, createAttempts } from "@/domain/people/sessions";
import { endSilence, listSilences } from "@/domain/watch/silences";
import { sealer } from "@/platform/crypto";
import { memoryLimits } from "@/platform/limits";
import { scrubText } from "@/platform/scrub";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { addAlertRow, addRuleRow } from "@/testing/firing-alert";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { actByAlertLink, actionLinks, lookAtAlertLink } from ".";

const consoleUrl = "https://control.example.com";
const visitor = { ip: "127.0.0.9", userAgent: "a phone" };
let ground: TestGround;
let clock: FakeClock;
let rule: { id: string; name: string };
let attempts: Attempts;
const secret = randomBytes(32);
beforeAll(async () => {
  clock = fakeClock("2026-03-01T12:00:00.000Z");
  ground = await testGround({ clock, sealer: sealer(secret) });
  rule = await addRuleRow(ground);
  await ground.db.orm.insert(accounts).values({ id: "acc_other", name: "other", createdAt: clock.now() });
  await ground.db.orm.insert(channels).values([channel("chn_ops", "Ops Teams"), channel("chn_old", "Old")]);
});
beforeEach(async () => {
  await clock.advance(1_000);
  attempts = createAttempts(ground, memoryLimits());
});
afterAll(() => ground.db.close());

const channel = (id: string, name: string) => ({
  id,
  accountId: mainAccount,
  kind: "teams" as const,
  name,
  sealedConfig: "none",
  target: "https://hooks.example.com/…",
  enabled: true,
  failuresInRow: 0,
  createdAt: clock.now(),
});
/** Whoever opens a link on a phone. */
const nobody = (): Ctx => ({
  ...systemCtx(ground),
  actor: { kind: "anonymous", id: "anonymous", name: "Not signed in" },
});
const tokensFor = (alertId: string, channelId = "chn_ops", from = ground) => {
  const links = actionLinks(from, { alertId, channelId, consoleUrl });
  const tokenIn = (link: string) => link.slice(`${consoleUrl}/a/`.length);
  return { acknowledge: tokenIn(links.acknowledge), silence: tokenIn(links.silence) };
};
const look = (token: string, ctx = nobody()) => lookAtAlertLink(ctx, token, visitor, attempts);
const act = (token: string, ctx = nobody()) => actByAlertLink(ctx, token, visitor, attempts);
const rowOf = async (id: string) =>
  (await ground.db.orm.select().from(alerts).where(eq(alerts.id, id)))[0] ?? expect.fail("no such alert");
const facts = async () => [
  ...(await ground.db.orm.execute<{ kind: string; actor: object; data: object | null }>(
    sql`select kind, actor, data from facts_pending order by id`,
  )),
];
const since = async (work: () => Promise<unknown>) => {
  const before = (await facts()).length;
  await work();
  return (await facts()).slice(before);
};

test("a link is short, says nothing by itself, and is left out of logs", async () => {
  const { id } = await addAlertRow(ground, rule);
  const { acknowledge } = actionLinks(ground, { alertId: id, channelId: "chn_ops", consoleUrl });
  expect(acknowledge.length).toBeLessThan(250);
  expect(acknowledge).toMatch(/^https:\/\/control\.example\.com\/a\/[\w.-]+$/);
  expect(acknowledge).not.toContain(id);
  expect(scrubText(`GET ${acknowledge}`)).toBe(`GET ${consoleUrl}/a/[hidden]`);
});

test("looking changes nothing, however often; the button acknowledges once, in the name of the link", async () => {
  const { id, subjectName, agentId } = await addAlertRow(ground, rule);
  const { acknowledge } = tokensFor(id);
  const before = await rowOf(id);
  const looked = await since(async () => {
    for (let n = 0; n < 20; n += 1) {
      expect(await look(acknowledge)).toMatchObject({
        act: "acknowledge",
        state: "open",
        alert: { id, subjectName, severity: "warning", ruleName: rule.name },
        done: null,
        actsAs: "link to Ops Teams",
      });
    }
  });
  expect(looked).toEqual([]);
  expect(await rowOf(id)).toEqual(before);
  const acted = await since(async () => {
    expect(await act(acknowledge)).toMatchObject({
      state: "done",
      done: { by: "link to Ops Teams", at: clock.now().toISOString(), now: true },
    });
  });
  expect(acted).toMatchObject([
    {
      kind: "alert.acknowledged",
      actor: { kind: "anonymous", id: "chn_ops", name: "link to Ops Teams" },
      data: { via: "link", channelId: "chn_ops", agentId, ruleId: rule.id },
    },
  ]);
  expect(await rowOf(id)).toMatchObject({ acknowledgedBy: "link to Ops Teams" });
  await clock.advance(60_000);
  const again = await since(async () => {
    expect(await act(acknowledge)).toMatchObject({
      state: "done",
      done: { by: "link to Ops Teams", now: false },
    });
    expect(await act(acknowledge, personCtx(ground, "operator"))).toMatchObject({
      done: { by: "link to Ops Teams", now: false },
    });
  });
  expect(again).toEqual([]);
});

test("who is signed in acts under the own name; a stranger's session is no name here", async () => {
  const [one, two] = [await addAlertRow(ground, rule), await addAlertRow(ground, rule)];
  const ada = personCtx(ground, "viewer");
  expect(await look(tokensFor(one.id).acknowledge, ada)).toMatchObject({ actsAs: "Test viewer" });
  const acted = await since(() => act(tokensFor(one.id).acknowledge, ada));
  expect(acted).toMatchObject([{ actor: { kind: "user", name: "Test viewer" }, data: { via: "link" } }]);
  const stranger = personCtx(ground, "admin", "acc_other");
  const theirs = await since(() => act(tokensFor(two.id).acknowledge, stranger));
  expect(theirs).toMatchObject([{ actor: { name: "link to Ops Teams" } }]);
  const [{ account_id: account }] = (await ground.db.orm.execute(
    sql`select account_id from facts_pending order by id desc limit 1`,
  )) as unknown as [{ account_id: string }];
  expect(account).toBe(mainAccount);
});

test("of ten who press at the same moment one did it, and all learn who", async () => {
  for (const kind of ["acknowledge", "silence"] as const) {
    const { id } = await addAlertRow(ground, rule);
    const token = tokensFor(id)[kind];
    const answers = await Promise.all(Array.from({ length: 10 }, () => act(token)));
    expect(answers.filter(({ done }) => done?.now)).toHaveLength(1);
    expect(new Set(answers.map(({ state, done }) => `${state} ${done?.by}`))).toEqual(
      new Set(["done link to Ops Teams"]),
    );
  }
});

test("the other button is an hour of quiet about this rule and this subject alone", async () => {
  const { id, subjectName } = await addAlertRow(ground, rule);
  const other = await addAlertRow(ground, rule);
  const token = tokensFor(id).silence;
  expect(await look(token)).toMatchObject({ act: "silence", state: "open" });
  const until = new Date(clock.nowMs() + 3_600_000).toISOString();
  const acted = await since(async () => {
    expect(await act(token)).toMatchObject({ state: "done", done: { now: true, until } });
  });
  expect(acted).toMatchObject([
    { kind: "silence.created", data: { via: "link", channelId: "chn_ops", ruleId: rule.id } },
  ]);
  expect(await look(tokensFor(other.id).silence)).toMatchObject({ state: "open" });
  await clock.advance(60_000);
  expect(await act(token)).toMatchObject({ done: { now: false, until } });
  const operator = personCtx(ground, "operator");
  const { items } = await listSilences(operator, { limit: 1, state: "active" });
  expect(items).toMatchObject([
    {
      matchers: [
        { label: "rule", op: "=", value: rule.name },
        { label: "subject", op: "=", value: subjectName },
      ],
      matching: 1,
      createdBy: { name: "link to Ops Teams" },
      endsAt: until,
    },
  ]);
  await endSilence(operator, items[0]?.id ?? "");
  expect(await look(token)).toMatchObject({ state: "open" });
});

test("what has resolved stays as it is", async () => {
  const { id } = await addAlertRow(ground, rule, { state: "resolved", resolvedAt: clock.now() });
  const changed = await since(async () => {
    for (const token of Object.values(tokensFor(id))) {
      expect(await look(token)).toMatchObject({ state: "resolved", done: null });
      expect(await act(token)).toMatchObject({ state: "resolved", done: null });
    }
  });
  expect(changed).toEqual([]);
});

test("after 24 hours it is over, to the millisecond, and says where to go instead", async () => {
  const { id } = await addAlertRow(ground, rule);
  const token = tokensFor(id).acknowledge;
  await clock.advance(alertLinkMs - 1);
  expect(await look(token)).toMatchObject({ state: "open" });
  await clock.advance(1);
  for (const open of [look, act]) {
    await expect(open(token)).rejects.toMatchObject({
      code: "not-found",
      message: /good for 24 hours/,
      details: { link: "expired", alertId: id },
    });
  }
  expect((await rowOf(id)).acknowledgedBy).toBeNull();
});

test("forged, torn and borrowed tokens open nothing, and are counted; true ones go on opening", async () => {
  const { id } = await addAlertRow(ground, rule);
  const token = tokensFor(id).acknowledge;
  const [prefix, body = ""] = token.split(".");
  const flipped = Buffer.from(body, "base64url");
  flipped[20] = (flipped[20] ?? 0) ^ 1;
  const claims = JSON.stringify(["acknowledge", id, "chn_ops", clock.nowMs() + alertLinkMs]);
  const forged = [
    `${prefix}.${flipped.toString("base64url")}`,
    token.slice(0, -4),
    sealer(randomBytes(32)).seal(claims, "alert-link"),
    ground.sealer.seal(claims, "session-cookie"),
    ground.sealer.seal('["kill","x","y",1]', "alert-link"),
  ];
  for (const [n, wrong] of forged.entries()) {
    await expect((n % 2 ? look : act)(wrong), `${n}`).rejects.toMatchObject({
      code: "not-found",
      details: { link: "forged" },
    });
  }
  await expect(look("s1.x")).rejects.toMatchObject({ code: "too-many" });
  expect(await look(token)).toMatchObject({ state: "open" });
  expect((await rowOf(id)).acknowledgedBy).toBeNull();
});

test("links outlive a rotation of the secret while the previous one is kept", async () => {
  const { id } = await addAlertRow(ground, rule);
  const token = tokensFor(id).acknowledge;
  const fresh = randomBytes(32);
  const rotated = { ...nobody(), sealer: sealer(fresh, secret) };
  expect(await look(token, rotated)).toMatchObject({ state: "open" });
  const young = tokensFor(id, "chn_ops", { ...ground, sealer: rotated.sealer }).acknowledge;
  expect(await look(young, rotated)).toMatchObject({ state: "open" });
  const forgotten = { ...nobody(), sealer: sealer(fresh) };
  expect(await look(young, forgotten)).toMatchObject({ state: "open" });
  await expect(look(token, forgotten)).rejects.toMatchObject({ details: { link: "forged" } });
});

test("links to a channel that was taken away, or of another account, open nothing", async () => {
  const mine = await addAlertRow(ground, rule);
  const token = tokensFor(mine.id, "chn_old").acknowledge;
  await ground.db.orm.update(channels).set({ deletedAt: clock.now() }).where(eq(channels.id, "chn_old"));
  const theirRule = await addRuleRow(ground, { account: "acc_other" });
  const theirs = await addAlertRow(ground, theirRule, { accountId: "acc_other" });
  for (const wrong of [token, tokensFor(theirs.id, "chn_ops").acknowledge, tokensFor("alr_none").silence]) {
    await expect(act(wrong)).rejects.toMatchObject({ code: "not-found", details: { link: "gone" } });
  }
});
