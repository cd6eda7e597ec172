import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { accounts, alerts, users } from "@/db/schema";
import { type Ctx, mainAccount } from "@/domain/kernel";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { addAlertRow, addRuleRow } from "@/testing/firing-alert";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { acknowledgeAlert, acknowledgeAlerts } from "./acknowledge";
import { assignAlert, assignAlerts, listAssignees } from "./assign";
import { getAlert, listAlerts } from "./find";
import { snoozeAlert, snoozeAlerts } from "./snooze";
import { unacknowledgeAlert, unacknowledgeAlerts } from "./unacknowledge";

let ground: TestGround;
let clock: FakeClock;
let rule: { id: string; name: string };
beforeAll(async () => {
  clock = fakeClock("2026-03-01T12:00:00.000Z");
  ground = await testGround({ clock });
  rule = await addRuleRow(ground);
  const user = (id: string, name: string, role: "viewer" | "operator", accountId = mainAccount) => ({
    id,
    accountId,
    name,
    role,
    email: `${id}@example.com`,
    createdAt: clock.now(),
  });
  await ground.db.orm.insert(accounts).values({ id: "acc_other", name: "other", createdAt: clock.now() });
  await ground.db.orm
    .insert(users)
    .values([
      user("usr_ada", "Ada", "operator"),
      user("usr_vic", "Vic", "viewer"),
      { ...user("usr_gone", "Gone", "operator"), disabledAt: clock.now() },
      user("usr_far", "Far", "operator", "acc_other"),
    ]);
});
beforeEach(() => clock.advance(1_000));
afterAll(() => ground.db.close());

const as = (name: string): Ctx => ({
  ...personCtx(ground, "operator"),
  actor: { kind: "user", id: `usr_${name.toLowerCase()}`, name },
});
const fire = (over = {}) => addAlertRow(ground, rule, over);
const resolve = (id: string) =>
  ground.db.orm.update(alerts).set({ state: "resolved", resolvedAt: clock.now() }).where(eq(alerts.id, id));
async function factsOf(id: string) {
  return [
    ...(await ground.db.orm.execute<{
      kind: string;
      actor: { name: string };
      before: Record<string, unknown> | null;
      after: Record<string, unknown> | null;
      data: Record<string, unknown>;
      reason: string | null;
    }>(
      sql`select kind, actor, before, after, data, reason from facts_pending where target->>'id' = ${id} order by id`,
    )),
  ];
}

test("whoever acknowledges has it, with a note; a repeat is the same answer and no fact", async () => {
  const { id, agentId } = await fire();
  const nudges: unknown[] = [];
  const off = ground.bus.subscribe("nudge.telling", (nudge) => nudges.push(nudge));
  const answer = await acknowledgeAlert(as("Ada"), { id, note: "looking" });
  expect(answer).toMatchObject({ acknowledgedBy: "Ada", acknowledgedNote: "looking" });
  expect(answer.acknowledgedAt).toBe(clock.now().toISOString());
  await clock.advance(5_000);
  expect(await acknowledgeAlert(as("Ada"), { id })).toEqual(answer);
  const { acknowledgedAt } = await acknowledgeAlert(as("Ada"), { id, note: "found it" });
  expect(acknowledgedAt, "since when stays").toBe(answer.acknowledgedAt);
  expect(await factsOf(id)).toMatchObject([
    {
      kind: "alert.acknowledged",
      actor: { name: "Ada" },
      reason: "looking",
      before: { acknowledgedBy: null, acknowledgedAt: null, acknowledgedNote: null },
      after: { acknowledgedBy: "Ada", acknowledgedAt: answer.acknowledgedAt, acknowledgedNote: "looking" },
      data: { agentId, ruleId: rule.id },
    },
    { kind: "alert.acknowledged", after: { acknowledgedNote: "found it" } },
  ]);
  expect(nudges).toHaveLength(2);
  off();
});

test("of two who acknowledge at the same moment one has it, and the other is told who", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await fire();
    const [ada, bob] = await Promise.allSettled([
      acknowledgeAlert(as("Ada"), { id }),
      acknowledgeAlert(as("Bob"), { id }),
    ]);
    const [won, lost] = ada.status === "fulfilled" ? (["Ada", bob] as const) : (["Bob", ada] as const);
    expect(lost).toMatchObject({
      status: "rejected",
      reason: {
        code: "conflict",
        message: `${won} acknowledged it just now. Take it over if you mean to.`,
        details: { acknowledgedBy: won },
      },
    });
    expect((await getAlert(as("Ada"), id)).acknowledgedBy).toBe(won);
    expect(await factsOf(id)).toHaveLength(1);
  }
});

test("it can be taken over on purpose, and given back", async () => {
  const { id } = await fire();
  await acknowledgeAlert(as("Ada"), { id, note: "mine" });
  await clock.advance(120_000);
  await expect(acknowledgeAlert(as("Bob"), { id })).rejects.toMatchObject({ message: /Ada .* 2 min ago/ });
  const taken = await acknowledgeAlert(as("Bob"), { id, takeOver: true });
  expect(taken).toMatchObject({ acknowledgedBy: "Bob", acknowledgedNote: null });
  expect(taken.acknowledgedAt).toBe(clock.now().toISOString());
  expect((await unacknowledgeAlert(as("Ada"), id)).acknowledgedBy).toBeNull();
  await unacknowledgeAlert(as("Ada"), id);
  expect((await factsOf(id)).map(({ kind, before }) => [kind, before?.acknowledgedBy])).toEqual([
    ["alert.acknowledged", null],
    ["alert.acknowledged", "Ada"],
    ["alert.unacknowledged", "Bob"],
  ]);
});

test("an acknowledgement, an assignment and a snooze end with the alert; the next episode is nobody's", async () => {
  const first = await fire();
  await acknowledgeAlert(as("Ada"), { id: first.id });
  await resolve(first.id);
  const { subjectId, subjectName } = first;
  const next = await fire({ subjectId, subjectName });
  expect(await getAlert(as("Ada"), next.id)).toMatchObject({
    acknowledgedBy: null,
    assignedTo: null,
    snoozedUntil: null,
  });
  for (const act of [
    () => acknowledgeAlert(as("Bob"), { id: first.id }),
    () => unacknowledgeAlert(as("Bob"), first.id),
    () => assignAlert(as("Bob"), { id: first.id, userId: "usr_ada" }),
    () => snoozeAlert(as("Bob"), { id: first.id, forMs: 60_000 }),
  ]) {
    await expect(act()).rejects.toMatchObject({
      code: "conflict",
      message: /^This alert has resolved meanwhile, so there is nothing left to [a-z ]+\. Should/,
    });
  }
  expect((await getAlert(as("Ada"), first.id)).acknowledgedBy, "what was, stays to be read").toBe("Ada");
});

test("it is assigned to people who can do something about it", async () => {
  const { id } = await fire();
  expect(await listAssignees(as("Ada"))).toEqual([{ id: "usr_ada", name: "Ada" }]);
  const assigned = await assignAlert(as("Bob"), { id, userId: "usr_ada" });
  expect(assigned.assignedTo).toEqual({ id: "usr_ada", name: "Ada" });
  await assignAlert(as("Bob"), { id, userId: "usr_ada" });
  await expect(assignAlert(as("Bob"), { id, userId: "usr_vic" })).rejects.toMatchObject({
    code: "conflict",
    message: "Vic is a viewer, who may not act on alerts. It takes the role operator.",
  });
  await expect(assignAlert(as("Bob"), { id, userId: "usr_gone" })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(assignAlert(as("Bob"), { id, userId: "usr_far" })).rejects.toMatchObject({
    code: "not-found",
  });
  expect((await assignAlert(as("Bob"), { id, userId: null })).assignedTo).toBeNull();
  expect((await factsOf(id)).map(({ kind, after }) => [kind, after])).toEqual([
    ["alert.assigned", { assignedTo: { id: "usr_ada", name: "Ada" } }],
    ["alert.assigned", { assignedTo: null }],
  ]);
});

test("one's own are those assigned to one and those one acknowledged, also when they are over", async () => {
  const [assigned, acknowledged, theirs, nobodys] = [await fire(), await fire(), await fire(), await fire()];
  await assignAlert(as("Bob"), { id: assigned.id, userId: "usr_ada" });
  await acknowledgeAlert(as("Ada"), { id: acknowledged.id });
  await acknowledgeAlert(as("Bob"), { id: theirs.id });
  const made = [assigned, acknowledged, theirs, nobodys].map(({ id }) => id);
  for (const id of made) await resolve(id);
  const listed = async (who: string, mine: boolean) => {
    const { items } = await listAlerts(as(who), { state: "resolved", mine, limit: 500 });
    return made.filter((id) => items.some((item) => item.id === id));
  };
  expect(await listed("Ada", true)).toEqual([assigned.id, acknowledged.id]);
  expect(await listed("Ada", false)).toEqual([theirs.id, nobodys.id]);
  expect(await listed("Bob", true)).toEqual([theirs.id]);
});

test("a snooze lasts until its time, can be replaced and ended, and one that ran out needs no end", async () => {
  const { id } = await fire();
  const snoozed = await snoozeAlert(as("Ada"), { id, forMs: 3_600_000 });
  expect(snoozed.snoozedUntil).toBe(new Date(clock.nowMs() + 3_600_000).toISOString());
  const shorter = await snoozeAlert(as("Bob"), { id, forMs: 60_000 });
  expect(shorter.snoozedBy).toBe("Bob");
  expect(await snoozeAlert(as("Ada"), { id, forMs: null })).toMatchObject({
    snoozedUntil: null,
    snoozedBy: null,
  });
  await snoozeAlert(as("Ada"), { id, forMs: null });
  expect(await factsOf(id)).toHaveLength(3);
  await snoozeAlert(as("Ada"), { id, forMs: 60_000 });
  await clock.advance(60_000);
  await snoozeAlert(as("Ada"), { id, forMs: null });
  expect(await factsOf(id)).toHaveLength(4);
});

test("of several each has its own outcome, in the order that was asked for", async () => {
  const [one, two, over, theirs] = [
    await fire(),
    await fire(),
    await fire(),
    await addAlertRow(ground, await addRuleRow(ground, { account: "acc_other" }), { accountId: "acc_other" }),
  ];
  await acknowledgeAlert(as("Bob"), { id: two.id });
  await resolve(over.id);
  const ids = [over.id, "alr_none", two.id, one.id, theirs.id, one.id];
  const outcomes = await acknowledgeAlerts(as("Ada"), { ids, note: "all mine" });
  expect(outcomes.map(({ id, alert, error }) => [id, alert?.acknowledgedBy, error?.code])).toEqual([
    [over.id, undefined, "conflict"],
    ["alr_none", undefined, "not-found"],
    [two.id, undefined, "conflict"],
    [one.id, "Ada", undefined],
    [theirs.id, undefined, "not-found"],
  ]);
  const both = [one.id, two.id];
  const alertsOf = (items: Awaited<ReturnType<typeof acknowledgeAlerts>>) => items.map(({ alert }) => alert);
  expect(alertsOf(await acknowledgeAlerts(as("Ada"), { ids: both, takeOver: true }))).toMatchObject([
    { acknowledgedBy: "Ada" },
    { acknowledgedBy: "Ada" },
  ]);
  expect(alertsOf(await assignAlerts(as("Ada"), { ids: both, userId: "usr_ada" }))).toMatchObject([
    { assignedTo: { name: "Ada" } },
    { assignedTo: { name: "Ada" } },
  ]);
  const until = new Date(clock.nowMs() + 60_000).toISOString();
  expect(alertsOf(await snoozeAlerts(as("Ada"), { ids: both, forMs: 60_000 }))).toMatchObject([
    { snoozedUntil: until },
    { snoozedUntil: until, acknowledgedBy: "Ada" },
  ]);
  expect(alertsOf(await unacknowledgeAlerts(as("Ada"), both))).toMatchObject([
    { acknowledgedBy: null, assignedTo: { name: "Ada" }, snoozedUntil: until },
    { acknowledgedBy: null },
  ]);
});

test("an act that meets the ending of the same alerts in another order is done after all", async () => {
  const ids = [(await fire()).id, (await fire()).id].sort();
  const [first = "", last = ""] = ids;
  const end = (sql: typeof ground.db.sql, id: string) =>
    sql`update alerts set state = 'resolved' where id = ${id}`;
  const waiting = () =>
    ground.db
      .sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  let acting: ReturnType<typeof acknowledgeAlerts> | undefined;
  await ground.db.sql.begin(async (sql) => {
    await end(sql as never, last);
    acting = acknowledgeAlerts(as("Ada"), { ids });
    await eventually(async () => (await waiting()).length > 0);
    // The act holds the first and waits for the last: now each waits for the other, and PostgreSQL ends the act.
    await end(sql as never, first);
  });
  expect((await acting)?.map(({ error }) => error?.code)).toEqual(["conflict", "conflict"]);
});
