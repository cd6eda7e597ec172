import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import type { AlertPolicy } from "@/contracts/watch/policy";
import { channels, groupAlerts, rules } from "@/db/schema";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { branch, policyOf, TellingStage } from "@/testing/telling";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

let clock: FakeClock;
let stage: TellingStage;
afterEach(() => stage.close());

async function open(policy: AlertPolicy = policyOf(), channelIds?: string[], from = "2026-11-20T10:00:00Z") {
  clock = fakeClock(from);
  stage = await TellingStage.open(clock, policy, channelIds);
  await stage.pass(second);
}
const told = () => stage.lines();

test("a rule that names channels is told there and nowhere else; a route goes on where it says so", async () => {
  const routes = [
    branch({
      id: "db",
      matchers: [{ label: "group", op: "=", value: "db" }],
      channelIds: ["dba"],
      continue: true,
    }),
    branch({ id: "rest" }),
  ];
  await open(policyOf({ channelIds: ["ops"], routes }), ["ops", "dba", "own"]);
  await stage.addRule("rul_own", { channelIds: ["own"] });
  await stage.fire({ id: "a", group: "db" }, { id: "b", ruleId: "rul_own", group: "db" }, { id: "c" });
  await stage.pass(minute);
  expect((await told()).sort()).toEqual([
    "10:00:31 dba firing +a",
    "10:00:31 ops firing +a +c",
    "10:00:31 own firing +b",
  ]);
  await stage.resolve("a", "b", "c");
  await stage.pass(minute);
  expect((await told()).slice(3).sort()).toEqual([
    "10:01:31 dba resolved -a",
    "10:01:31 ops resolved -a -c",
    "10:01:31 own resolved -b",
  ]);
});

test("two routes to one channel tell it once", async () => {
  const routes = [branch({ id: "one", continue: true }), branch({ id: "two" })];
  await open(policyOf({ routes }));
  await stage.fire({ id: "a" });
  await stage.pass(minute);
  await stage.resolve("a");
  await stage.pass(10 * minute);
  expect(await told()).toEqual(["10:00:31 ops firing +a", "10:01:31 ops resolved -a"]);
  expect((await stage.steps("a")).filter((step) => step.startsWith("dedup"))).toEqual([
    "deduplicate dropped: ops heard of it by another route",
  ]);
});

test("a changed policy moves what fires: the new channel hears of it, the old one of its end", async () => {
  await open(policyOf({ channelIds: ["ops"] }), ["ops", "dba"]);
  await stage.fire({ id: "a" });
  await stage.pass(minute);
  const routes = [branch({ id: "db", channelIds: ["dba"] })];
  await stage.setPolicy(policyOf({ channelIds: ["ops"], routes }));
  await stage.pass(5 * hour);
  await stage.resolve("a");
  await stage.pass(hour);
  expect(await told()).toEqual([
    "10:00:31 ops firing +a",
    "10:01:31 dba firing +a",
    "14:01:31 dba repeat =a",
    "15:01:31 ops resolved -a",
    "15:01:31 dba resolved -a",
  ]);
  expect(await stage.ground.db.orm.select().from(groupAlerts)).toEqual([]);
});

test("a channel that is switched off drops out; switched on again it hears of what still fires", async () => {
  await open(policyOf(), ["ops", "dba"]);
  const turn = async (enabled: boolean) => {
    await stage.ground.db.orm.update(channels).set({ enabled }).where(eq(channels.id, "dba"));
    await stage.say("channel.changed", { kind: "channel", id: "dba", name: "dba" }, { enabled });
  };
  await turn(false);
  await stage.fire({ id: "a" }, { id: "b" });
  await stage.pass(10 * minute);
  await turn(true);
  await stage.pass(10 * minute);
  await turn(false);
  await stage.resolve("a", "b");
  await stage.pass(10 * minute);
  expect(await told()).toEqual([
    "10:00:31 ops firing +a +b",
    "10:10:01 dba firing +a +b",
    "10:20:31 ops resolved -a -b",
  ]);
  expect(await stage.ground.db.orm.select().from(groupAlerts)).toEqual([]);
});

test("a rule's channels that change move what it fired", async () => {
  await open(policyOf({ channelIds: ["ops"] }), ["ops", "own"]);
  await stage.fire({ id: "a" });
  await stage.pass(minute);
  const [row] = await stage.ground.db.orm.select().from(rules);
  if (!row) throw new Error("the rule is there");
  await stage.ground.db.orm.update(rules).set({ draft: { ...row.draft, channelIds: ["own"] } });
  await stage.say("rule.changed", { kind: "rule", id: "rul_any", name: "" }, { channelIds: ["own"] });
  await stage.pass(minute);
  expect(await told()).toEqual(["10:00:31 ops firing +a", "10:01:31 own firing +a"]);
});
