import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  accounts,
  alertSteps,
  alerts,
  channels,
  notificationAlerts,
  notificationAttempts,
  notifications,
  users,
} from "@/db/schema";
import { type Ctx, mainAccount, systemCtx, transact } from "@/domain/kernel";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { addAlertRow, addRuleRow } from "@/testing/firing-alert";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { acknowledgeAlert, acknowledgeAlerts } from "../acknowledge";
import { assignAlert, listAssignees } from "../assign";
import { commentAlert } from "../comment";
import { snoozeAlert } from "../snooze";
import { unacknowledgeAlert } from "../unacknowledge";
import { alertTarget } from "../view";
import { storyOfAlert } from ".";

let ground: TestGround;
let clock: FakeClock;
let rule: { id: string; name: string };
beforeAll(async () => {
  clock = fakeClock("2026-03-01T12:00:00.000Z");
  ground = await testGround({ clock });
  rule = await addRuleRow(ground);
  const user = (id: string, name: string, role: "operator", accountId = mainAccount) => ({
    id,
    accountId,
    name,
    role,
    email: `${id}@example.com`,
    createdAt: clock.now(),
  });
  await ground.db.orm.insert(accounts).values({ id: "acc_other", name: "other", createdAt: clock.now() });
  await ground.db.orm.insert(users).values([user("usr_ada", "Ada", "operator")]);
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
test("the story tells everything in order: who, when, in which words", async () => {
  const { id } = await fire();
  const at = () => clock.advance(1_000);
  const step = (outcome: "held" | "passed", stage: "silence" | "route", reason: string) =>
    ground.db.orm
      .insert(alertSteps)
      .values({ accountId: mainAccount, alertId: id, at: clock.now(), stage, outcome, reason, until: null });
  await at();
  await step("held", "silence", "Silenced by Ada: patching");
  await at();
  await acknowledgeAlert(as("Ada"), { id, note: "on it" });
  await at();
  await commentAlert(as("Bob"), { id, text: "  the disk\nis full  " });
  await at();
  await assignAlert(as("Bob"), { id, userId: "usr_ada" });
  await at();
  await snoozeAlert(as("Ada"), { id, forMs: 60_000 });
  await at();
  await snoozeAlert(as("Ada"), { id, forMs: null });
  await at();
  await unacknowledgeAlert(as("Ada"), id);
  await at();
  await resolve(id);
  await at();
  await commentAlert(as("Ada"), { id, text: "it was the disk" });
  const { alert, entries } = await storyOfAlert(as("Ada"), id);
  expect(alert.state).toBe("resolved");
  expect(
    entries.map((entry) =>
      entry.kind === "act"
        ? [entry.act, entry.by.name, entry.text]
        : entry.kind === "step"
          ? [entry.step.stage, entry.step.reason]
          : [entry.kind],
    ),
  ).toEqual([
    ["fired"],
    ["silence", "Silenced by Ada: patching"],
    ["acknowledged", "Ada", "on it"],
    ["commented", "Bob", "the disk\nis full"],
    ["assigned", "Bob", "Ada"],
    ["snoozed", "Ada", null],
    ["unsnoozed", "Ada", null],
    ["unacknowledged", "Ada", null],
    ["resolved"],
    ["commented", "Ada", "it was the disk"],
  ]);
  expect([...entries].sort((left, right) => (left.at < right.at ? -1 : 1))).toEqual(entries);
  expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
});

test("each message stands in it with every try, and flapping with its moment", async () => {
  const row = await fire();
  const { orm } = ground.db;
  await transact(systemCtx(ground), async ({ record }) => {
    record({ kind: "alert.flapping", target: alertTarget(row), after: { flapping: true } });
  });
  await orm.insert(channels).values({
    id: "chn_ops",
    accountId: mainAccount,
    kind: "teams",
    name: "Ops Teams",
    sealedConfig: "none",
    target: "https://hooks.example.com/…",
    enabled: true,
    failuresInRow: 0,
    createdAt: clock.now(),
  });
  await orm.insert(notifications).values({
    id: "ntf_one",
    accountId: mainAccount,
    channelId: "chn_ops",
    event: "firing",
    title: "3 alerts",
    severity: "warning",
    firingCount: 2,
    resolvedCount: 1,
    state: "delivered",
    attempts: 2,
    createdAt: new Date(clock.nowMs() + 1),
    deliveredAt: new Date(clock.nowMs() + 900),
  });
  await orm
    .insert(notificationAlerts)
    .values({ notificationId: "ntf_one", alertId: row.id, channelId: "chn_ops", as: "firing" });
  for (const [status, answer] of [
    [503, "busy"],
    [202, "ok"],
  ] as const) {
    const tried = { at: clock.now(), tookMs: 12, status, answer };
    await orm.insert(notificationAttempts).values({ notificationId: "ntf_one", ...tried });
  }
  const { entries } = await storyOfAlert(as("Ada"), row.id);
  expect(entries).toMatchObject([
    { kind: "fired" },
    { kind: "flapping", at: clock.now().toISOString() },
    {
      kind: "message",
      message: {
        channelName: "Ops Teams",
        as: "firing",
        alertCount: 3,
        state: "delivered",
        tries: [
          { status: 503, answer: "busy" },
          { status: 202, answer: "ok" },
        ],
      },
    },
  ]);
});

test("nobody acts or reads beyond their role and account", async () => {
  const { id } = await fire();
  const viewer = personCtx(ground, "viewer");
  const stranger = personCtx(ground, "admin", "acc_other");
  for (const act of [
    () => acknowledgeAlert(viewer, { id }),
    () => unacknowledgeAlert(viewer, id),
    () => assignAlert(viewer, { id, userId: null }),
    () => commentAlert(viewer, { id, text: "no" }),
    () => snoozeAlert(viewer, { id, forMs: null }),
    () => acknowledgeAlerts(viewer, { ids: [id] }),
    () => listAssignees(viewer),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: "forbidden" });
  }
  for (const act of [
    () => acknowledgeAlert(stranger, { id }),
    () => commentAlert(stranger, { id, text: "no" }),
    () => storyOfAlert(stranger, id),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: "not-found" });
  }
});
