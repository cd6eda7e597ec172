import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Matcher, matcherOps } from "@/contracts/watch/matcher";
import {
  changeSilenceSchema,
  createSilenceSchema,
  type NewSilence,
  previewSilenceSchema,
} from "@/contracts/watch/silence";
import { accounts } from "@/db/schema";
import { listAlerts } from "@/domain/watch/alerts/find";
import { snoozeAlert } from "@/domain/watch/alerts/snooze";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { addAlertRow, addRuleRow } from "@/testing/firing-alert";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { changeSilence, createSilence, endSilence, getSilence, listSilences, previewSilence } from ".";

const hourMs = 3_600_000;
let ground: TestGround;
let clock: FakeClock;
let rule: { id: string; name: string };
beforeAll(async () => {
  clock = fakeClock("2026-03-01T12:00:00.000Z");
  ground = await testGround({ clock });
  rule = await addRuleRow(ground);
  await ground.db.orm.insert(accounts).values({ id: "acc_other", name: "other", createdAt: clock.now() });
});
beforeEach(async () => {
  await clock.advance(60_000);
  await ground.db.orm.execute(sql`delete from silences`);
  await ground.db.orm.execute(sql`delete from alerts`);
});
afterAll(() => ground.db.close());

const ctx = () => personCtx(ground, "operator");
const inHours = (hours: number) => new Date(clock.nowMs() + hours * hourMs).toISOString();
const match = (label: string, value: string, op: Matcher["op"] = "="): Matcher => ({ label, op, value });
const wish = (over: Partial<NewSilence> = {}): NewSilence => ({
  kind: "silence",
  matchers: [match("group", "cron-workers")],
  reason: "patching the hosts",
  endsAt: inHours(1),
  schedule: null,
  ...over,
});
const page = { limit: 50 };
const standing = async (id: string) => {
  const { state, activeUntil, nextAt } = await getSilence(ctx(), id);
  return { state, activeUntil, nextAt };
};
const facts = async () => [
  ...(await ground.db.orm.execute<{ kind: string; reason: string; after: Record<string, unknown> }>(
    sql`select kind, reason, before, after from facts_pending where kind like 'silence.%' order by id`,
  )),
];

test("a silence has creator, reason and end, says how much it fits, and ends by the clock", async () => {
  const nudges: unknown[] = [];
  const off = ground.bus.subscribe("nudge.telling", (nudge) => nudges.push(nudge));
  await addAlertRow(ground, rule);
  await addAlertRow(ground, rule, { severity: "critical" });
  await addAlertRow(ground, rule, { group: "web" });
  await addAlertRow(ground, rule, { state: "resolved", resolvedAt: clock.now() });
  const made = await createSilence(ctx(), wish());
  expect(made).toMatchObject({
    state: "active",
    fits: { length: 2 },
    matching: 2,
    reason: "patching the hosts",
    createdBy: { name: "Test operator" },
    startsAt: clock.now().toISOString(),
    activeUntil: made.endsAt,
    endedBy: null,
  });
  expect(await previewSilence(ctx(), { matchers: [match("severity", "crit.*", "=~")] })).toMatchObject({
    matching: 1,
    items: [{ severity: "critical" }],
  });
  await clock.advance(hourMs - 1);
  expect((await getSilence(ctx(), made.id)).state).toBe("active");
  await clock.advance(1);
  expect(await getSilence(ctx(), made.id)).toMatchObject({ state: "ended", endedBy: null, matching: 0 });
  expect(await facts()).toMatchObject([
    { kind: "silence.created", reason: "patching the hosts", after: { id: made.id, state: "active" } },
  ]);
  await expect(changeSilence(ctx(), { id: made.id, endsAt: inHours(1) })).rejects.toMatchObject({
    code: "conflict",
    message: "This silence has ended. Make a new one.",
  });
  expect(await endSilence(ctx(), made.id)).toMatchObject({ state: "ended", endedBy: null });
  expect(nudges).toHaveLength(1);
  off();
});

test("it is changed, and ended by somebody once", async () => {
  const { id } = await createSilence(ctx(), wish());
  await changeSilence(ctx(), { id, reason: "patching the hosts" });
  const later = inHours(3);
  const changed = await changeSilence(ctx(), { id, endsAt: later, reason: "takes longer" });
  expect(changed).toMatchObject({ endsAt: later, reason: "takes longer", state: "active" });
  await expect(changeSilence(ctx(), { id, endsAt: inHours(-1) })).rejects.toMatchObject({ code: "invalid" });
  await expect(changeSilence(ctx(), { id, endsAt: null })).rejects.toMatchObject({
    message: "A silence needs an end, or hours that come back.",
  });
  const ended = await endSilence(ctx(), id);
  expect(ended).toMatchObject({
    state: "ended",
    endedBy: "Test operator",
    endedAt: clock.now().toISOString(),
  });
  await clock.advance(5_000);
  expect(await endSilence(ctx(), id)).toEqual(ended);
  expect((await facts()).slice(-3)).toMatchObject([
    { kind: "silence.created" },
    { kind: "silence.changed", after: { endsAt: later, reason: "takes longer" } },
    { kind: "silence.ended", after: { endedBy: "Test operator" } },
  ]);
});

test.each([
  [
    "a pattern that is none",
    { matchers: [match("agent", "web-[", "=~")] },
    /web-\[.*not a regular expression/,
  ],
  ["a look-around", { matchers: [match("agent", "(?=x)", "!~")] }, /not a regular expression/],
  ["an end before now", { endsAt: "2026-01-01T00:00:00Z" }, /in the past/],
  ["an end before its beginning", { startsAt: "2027-01-01T00:00:00Z" }, /after the beginning/],
])("%s is refused in a sentence", async (_, over, message) => {
  await expect(createSilence(ctx(), wish(over))).rejects.toMatchObject({ code: "invalid", message });
});

test("without an end there must be hours, and without matchers it would be about everything", () => {
  const input = { ...wish(), endsAt: null };
  expect(createSilenceSchema.safeParse(input).error?.issues).toMatchObject([{ path: ["endsAt"] }]);
  const all = createSilenceSchema.safeParse({ ...wish(), matchers: [] });
  expect(all.error?.issues).toMatchObject([{ message: "say at least one thing that it fits" }]);
});

test.each(matcherOps)("a matcher by %s whose value was left out is refused at its place", (op) => {
  const matchers = [match("group", "web"), match("agent", "", op)];
  const about = { path: ["matchers", 1, "value"], message: expect.stringMatching(/^Say which agent\./) };
  for (const refused of [
    createSilenceSchema.safeParse({ ...wish(), matchers }),
    changeSilenceSchema.safeParse({ id: "sil_1", matchers }),
    previewSilenceSchema.safeParse({ matchers }),
  ])
    expect(refused.error?.issues).toMatchObject([about]);
});

test("the list: open ones first, by state and kind, a page at a time", async () => {
  const ids: Record<string, string> = {};
  const make = async (name: string, over: Partial<NewSilence> = {}) => {
    await clock.advance(1_000);
    ids[name] = (await createSilence(ctx(), wish(over))).id;
  };
  await make("over");
  await make("later", { startsAt: inHours(2), endsAt: inHours(3) });
  await make("now");
  await make("nightly", {
    kind: "maintenance",
    endsAt: null,
    schedule: { days: [1, 2, 3, 4, 5, 6, 7], from: "02:00", to: "03:00", zone: "Europe/Berlin" },
  });
  await make("ran-out", { endsAt: new Date(clock.nowMs() + 2_000).toISOString() });
  await endSilence(ctx(), ids.over ?? "");
  await clock.advance(2_000);
  const nameOf = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  const list = async (query = {}) =>
    (await listSilences(ctx(), { ...page, ...query })).items.map(({ id }) => nameOf.get(id));
  expect(await list()).toEqual(["nightly", "now", "later", "ran-out", "over"]);
  expect(await list({ state: "active" })).toEqual(["now"]);
  expect(await list({ state: "upcoming" })).toEqual(["nightly", "later"]);
  expect(await list({ state: "open" })).toEqual(["nightly", "now", "later"]);
  expect(await list({ state: "ended" })).toEqual(["ran-out", "over"]);
  expect(await list({ kind: "maintenance" })).toEqual(["nightly"]);
  const seen: (string | undefined)[] = [];
  let cursor: string | undefined;
  do {
    const got = await listSilences(ctx(), { limit: 2, ...(cursor ? { cursor } : {}) });
    seen.push(...got.items.map(({ id }) => nameOf.get(id)));
    cursor = got.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(["nightly", "now", "later", "ran-out", "over"]);
});

test("muted alerts are found: silenced or snoozed at this moment, firing", async () => {
  const [quiet, loud, snoozed] = [
    await addAlertRow(ground, rule),
    await addAlertRow(ground, rule, { group: "web" }),
    await addAlertRow(ground, rule, { group: "web" }),
  ];
  await addAlertRow(ground, rule, { state: "resolved", resolvedAt: clock.now() });
  const { id } = await createSilence(ctx(), wish());
  await snoozeAlert(ctx(), { id: snoozed.id, forMs: 60_000 });
  const muted = async (wanted: boolean) =>
    new Set((await listAlerts(ctx(), { ...page, muted: wanted })).items.map((alert) => alert.id));
  expect(await muted(true)).toEqual(new Set([quiet.id, snoozed.id]));
  expect(await muted(false)).toEqual(new Set([loud.id]));
  await endSilence(ctx(), id);
  await clock.advance(60_000);
  expect(await muted(true)).toEqual(new Set());
});

test("planned work comes back by the clock on the wall, all year and across daylight saving", async () => {
  const schedule = { days: [7], from: "01:30", to: "04:00", zone: "Europe/Berlin" };
  clock.setWall(new Date("2026-01-01T00:00:00Z"));
  const { id } = await createSilence(
    ctx(),
    wish({ kind: "maintenance", schedule, endsAt: "2026-12-31T00:00:00Z" }),
  );
  const minutes = new Map<string, number>();
  const begins = new Set<string>();
  let before = "upcoming";
  const stepMs = 30 * 60_000;
  for (let at = Date.parse("2026-01-01T00:00:00Z"); at < Date.parse("2027-01-05T00:00:00Z"); ) {
    clock.setWall(new Date(at));
    const now = await standing(id);
    if (now.state === "active") {
      const day = new Intl.DateTimeFormat("sv", { timeZone: schedule.zone, dateStyle: "short" }).format(at);
      minutes.set(day, (minutes.get(day) ?? 0) + 30);
      if (before !== "active") begins.add(new Date(at).toISOString());
    }
    before = now.state;
    if (now.state === "ended") {
      expect(new Date(at).toISOString()).toBe("2026-12-31T00:00:00.000Z");
      break;
    }
    // From one coming to the next by what the silence says itself: it must say so to the half hour.
    const next = now.state === "upcoming" ? Date.parse(now.nextAt ?? "2026-12-31T00:00:00Z") : 0;
    at = Math.max(next, at + (now.state === "upcoming" ? 1 : stepMs));
  }
  expect(minutes.size).toBe(52);
  for (const [day, long] of minutes) {
    expect(new Date(day).getUTCDay(), day).toBe(0);
    // 01:30 to 04:00: two and a half hours, but for the nights in which an hour is left out or comes twice.
    expect(long, day).toBe(day === "2026-03-29" ? 90 : day === "2026-10-25" ? 210 : 150);
  }
  expect(begins).toContain("2026-03-22T00:30:00.000Z");
  expect(begins).toContain("2026-03-29T00:30:00.000Z");
  expect(begins).toContain("2026-04-04T23:30:00.000Z");
  clock.setWall(new Date("2027-02-01T00:00:00Z"));
});

test("nobody makes, sees or ends silences beyond their role and account", async () => {
  await addAlertRow(ground, rule);
  const { id } = await createSilence(ctx(), wish());
  const viewer = personCtx(ground, "viewer");
  const stranger = personCtx(ground, "admin", "acc_other");
  for (const act of [
    () => createSilence(viewer, wish()),
    () => changeSilence(viewer, { id, reason: "no" }),
    () => endSilence(viewer, id),
    () => previewSilence(viewer, wish()),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: "forbidden" });
  }
  for (const act of [
    () => getSilence(stranger, id),
    () => changeSilence(stranger, { id, reason: "no" }),
    () => endSilence(stranger, id),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: "not-found" });
  }
  expect((await listSilences(stranger, page)).items).toEqual([]);
  expect((await previewSilence(stranger, wish())).matching).toBe(0);
  expect((await listSilences(viewer, page)).items).toMatchObject([{ id, matching: 1 }]);
});
