import { expect, test } from "vitest";
import { branch, plainLabels, policyOf } from "@/testing/telling";
import { group, groupKey, newsDueMs } from "./group";
import { holdOfEnding, holdOfFiring } from "./hold";
import { inhibit } from "./inhibit";
import { gravestOf, throttle, titleOf } from "./outbox";
import { route, routesById, routesOf, targetsOf } from "./route";
import { speaksFor, type Watched } from "./speaks-for";
import type { ActiveInhibition, TellableAlert, World } from "./stage";

const at = new Date("2026-11-20T10:00:00Z");
const alert = (id: string, over: Partial<TellableAlert> = {}): TellableAlert => ({
  id,
  labels: plainLabels(id),
  agentId: id,
  watched: null,
  severity: "warning",
  subjectName: id,
  ruleName: "Offline",
  firing: true,
  recovering: false,
  sinceMs: at.getTime(),
  resolvedAtMs: null,
  acknowledged: false,
  snoozedUntil: null,
  snoozedBy: null,
  quiet: [],
  ...over,
});
const world: World = {
  channels: new Map([
    ["ops", { id: "ops", name: "Ops", perMinute: 20 }],
    ["dba", { id: "dba", name: "DBA", perMinute: null }],
  ]),
  silences: [],
  inhibitions: [],
};
const names = (policy: Parameters<typeof routesOf>[0], labels = plainLabels("a")) =>
  routesOf(policy, labels, null).map(({ name }) => name);

test("route: the first branch that fits, the next too after one that goes on, else the branch itself", () => {
  const policy = policyOf({
    name: "All",
    routes: [
      branch({ id: "x", matchers: [{ label: "agent", op: "=", value: "x" }] }),
      branch({
        id: "p",
        continue: true,
        routes: [branch({ id: "q", matchers: [{ label: "agent", op: "=", value: "b" }] })],
      }),
      branch({ id: "r" }),
      branch({ id: "s" }),
    ],
  });
  expect(names(policy)).toEqual(["p", "r"]);
  expect(names(policy, plainLabels("b"))).toEqual(["p › q", "r"]);
  expect(names(policy, plainLabels("x"))).toEqual(["x"]);
  expect(names(policyOf({ name: "All" }))).toEqual(["All"]);
});

test("route: null and empty are the parent's; a rule's own channels replace those of the branch alone", () => {
  const quiet = [{ days: [1], from: "00:00", to: "01:00", zone: "UTC" }];
  const policy = policyOf({
    channelIds: ["ops"],
    quiet,
    escalation: [
      { afterMs: 120_000, channelIds: ["dba"] },
      { afterMs: 60_000, channelIds: ["ops"] },
    ],
    routes: [
      branch({
        id: "a",
        waitMs: 0,
        groupBy: [],
        routes: [branch({ id: "b", escalation: [], channelIds: ["dba"] })],
      }),
    ],
  });
  const mine = { id: "rul", name: "Mine", channelIds: ["dba"] };
  const routes = routesById(policy, new Map([["rul", mine]]));
  expect(routes.get("b")).toMatchObject({
    name: "a › b",
    channelIds: ["dba"],
    groupBy: [],
    waitMs: 0,
    intervalMs: 300_000,
    quiet,
    escalation: [],
  });
  expect(routes.get("a")?.escalation.map(({ afterMs }) => afterMs)).toEqual([60_000, 120_000]);
  expect(routes.get("rule:rul")).toMatchObject({
    channelIds: ["dba"],
    waitMs: 30_000,
    quiet,
    escalation: routes.get("root")?.escalation,
  });
  const [taken, ...others] = routesOf(policy, plainLabels("a"), mine);
  expect(others).toEqual([]);
  expect(taken).toEqual({
    ...routes.get("b"),
    id: "rule:rul/b",
    name: "a › b, to the channels of the rule Mine",
    channelIds: ["dba"],
  });
  expect(routes.get("rule:rul/b")).toEqual(taken);
  expect(routes.get("rule:other/b")).toBeUndefined();
});

test("route: no channels are all that are on; one without any tells nobody and says so", () => {
  const [all] = routesOf(policyOf({ name: "All" }), {}, null);
  const [none] = routesOf(policyOf({ name: "All", channelIds: ["off"] }), {}, null);
  if (!all || !none) throw new Error("there always is a route");
  expect(targetsOf(all, world)).toEqual(["ops", "dba"]);
  expect(route(all, world)).toMatchObject({ outcome: "passed", reason: "By the route All" });
  expect(route(none, world)).toMatchObject({
    outcome: "dropped",
    reason: "The route All has no channel that is switched on",
  });
});

test("group: the same values make the same key, whatever their order", () => {
  expect(groupKey(["tag", "host"], { tag: ["b", "a"], host: "h" })).toBe('{"host":"h","tag":"a, b"}');
  expect(groupKey(["host", "tag"], { tag: ["a", "b"] })).toBe('{"host":"","tag":"a, b"}');
  expect(groupKey([], { host: "h" })).toBe("{}");
});

test("group: a new one gathers, a told one keeps its interval, an all-clear only gathers", () => {
  const times = { waitMs: 30, intervalMs: 300 };
  const due = (lastNewsAtMs: number | null, arrivedMs: number, allClear = false) =>
    newsDueMs(times, { openedAtMs: 1_000, lastNewsAtMs }, { arrivedMs, allClear });
  expect(due(null, 1_020)).toBe(1_030);
  expect(due(1_030, 1_040)).toBe(1_330);
  expect(due(1_030, 5_000)).toBe(5_030);
  expect(due(1_030, 1_040, true)).toBe(1_070);
  // The clock was set back since: what was then is long enough ago.
  const set = { arrivedMs: 700_000, allClear: false };
  expect(newsDueMs(times, { openedAtMs: 1_000, lastNewsAtMs: 690_000 }, set, 100_000)).toBeLessThan(100_000);
  expect(group(at.getTime() + 1, at, { groupBy: ["rule"] })).toMatchObject({
    outcome: "held",
    until: new Date(at.getTime() + 1),
  });
  expect(group(at.getTime(), at, { groupBy: [] })).toMatchObject({ outcome: "passed" });
});

const everybody = { scope: { kind: "all" }, except: [] } as const satisfies Watched;
const inhibition = (
  over: Partial<ActiveInhibition["inhibition"]> = {},
  ...sources: string[]
): ActiveInhibition => ({
  inhibition: {
    id: "i",
    name: "Host",
    source: [{ label: "kind", op: "=", value: "host-down" }],
    target: [{ label: "kind", op: "=", value: "offline" }],
    equal: ["host"],
    enabled: true,
    ...over,
  },
  sources: sources.map((id) => ({
    id,
    labels: plainLabels(id, { kind: "host-down", host: "h1" }),
    title: `${id}: Host`,
    watched: everybody,
    endedAtMs: null,
    lastBackAtMs: null,
  })),
});

test("inhibit: by one that fires, with the same values, and never by itself or by its like", () => {
  const one = {
    id: "a",
    labels: plainLabels("a", { host: "h1" }),
    agentId: "a",
    watched: null,
    sinceMs: 0,
  };
  expect(inhibit(one, [inhibition({}, "s")], at)).toMatchObject({
    stage: "inhibit",
    outcome: "held",
    reason: "Muted by “Host” while s: Host fires",
    until: null,
  });
  expect(inhibit(one, [inhibition()], at)).toBeNull();
  expect(inhibit({ ...one, labels: plainLabels("a", { host: "h2" }) }, [inhibition({}, "s")], at)).toBeNull();
  const any = inhibition({ target: [] }, "s", "t");
  const labels = plainLabels("t", { kind: "host-down", host: "h1" });
  const like = { id: "t", labels, agentId: null, watched: everybody, sinceMs: 0 };
  expect(inhibit(like, [any], at)).toBeNull();
  expect(inhibit(one, [any], at)).not.toBeNull();
});

const ofAgent = (group: string, ...tag: string[]) => ({
  labels: plainLabels("a", { group, tag }),
  agentId: "agt_a",
  watched: null,
});
const ofRule = (scope: Watched["scope"], ...except: Watched["except"]) => ({
  labels: plainLabels("a", { kind: "host-down" }),
  agentId: null,
  watched: { scope, except },
});
const tagged = { kind: "tag", tag: "qa" } as const;
const grouped = { kind: "group", group: "Web" } as const;
const named = (...agentIds: string[]) => ({ kind: "agents" as const, agentIds });
const all = { kind: "all" } as const;

test("inhibit: one about many agents speaks for an agent that its rule watches, and for no other", () => {
  const rule = (scope: Watched["scope"], ...except: Watched["except"]) => ({ scope, except });
  expect(speaksFor(rule(tagged), ofAgent("web", "eu", "qa"))).toBe(true);
  expect(speaksFor(rule(tagged), ofAgent("cron-workers"))).toBe(false);
  expect(speaksFor(rule(grouped), ofAgent("web"))).toBe(true);
  expect(speaksFor(rule(grouped), ofAgent(""))).toBe(false);
  expect(speaksFor(rule(named("agt_a")), ofAgent(""))).toBe(true);
  expect(speaksFor(rule(named("agt_b")), ofAgent(""))).toBe(false);
  expect(speaksFor(rule(all, grouped), ofAgent("web"))).toBe(false);
  expect(speaksFor(rule(all, grouped), ofAgent("db"))).toBe(true);
  expect(speaksFor(null, ofAgent("db"))).toBe(false);
});

test("inhibit: one about many speaks for another one when it watches everybody whom that one watches", () => {
  const rule = (scope: Watched["scope"], ...except: Watched["except"]) => ({ scope, except });
  expect(speaksFor(rule(all), ofRule(tagged))).toBe(true);
  expect(speaksFor(rule(tagged), ofRule(all))).toBe(false);
  expect(speaksFor(rule(tagged), ofRule(tagged, grouped))).toBe(true);
  expect(speaksFor(rule(tagged, grouped), ofRule(tagged))).toBe(false);
  expect(speaksFor(rule(all, named("a")), ofRule(all, named("a", "b")))).toBe(true);
  expect(speaksFor(rule(all, named("a", "b")), ofRule(all, named("a")))).toBe(false);
  expect(speaksFor(rule(named("a", "b")), ofRule(named("a")))).toBe(true);
  expect(speaksFor(rule(grouped), ofRule(tagged))).toBe(false);
  // Whom the other one watches is not known, or nobody.
  const unknown = { ...ofRule(all), watched: null };
  expect([speaksFor(rule(all), unknown), speaksFor(rule(tagged), unknown)]).toEqual([true, false]);
  const token = { labels: plainLabels("t", { kind: "expiry" }), agentId: null, watched: null };
  expect([speaksFor(rule(all), token), speaksFor(rule(tagged), token)]).toEqual([true, false]);
});

test("hold: the stages in order, each with its reason and until when", () => {
  const until = new Date("2026-11-20T12:00:00Z");
  const quiet = [{ days: [5], from: "09:00", to: "11:00", zone: "UTC" }];
  const [taken] = routesOf(policyOf({ name: "All", quiet }), {}, null);
  const silence = {
    id: "s",
    kind: "maintenance" as const,
    matchers: [],
    reason: "new disk",
    by: "Anna",
    startsAt: at,
    endsAt: until,
    endedAt: null,
    schedule: null,
  };
  const silenced = { ...world, silences: [silence] };
  const snoozed = alert("a", { snoozedUntil: until, snoozedBy: "Ben" });
  expect(holdOfFiring(snoozed, taken ?? null, silenced, at)).toMatchObject({
    stage: "silence",
    reason: "Maintenance by Anna: new disk",
    until,
  });
  expect(holdOfFiring(snoozed, taken ?? null, world, at)).toMatchObject({
    stage: "snooze",
    reason: "Snoozed by Ben",
    until,
  });
  expect(holdOfFiring(alert("a"), taken ?? null, world, at)).toMatchObject({
    stage: "quiet-hours",
    reason: "Quiet hours of the route All",
    until: new Date("2026-11-20T11:00:00Z"),
  });
  expect(holdOfFiring(alert("a", { quiet }), null, world, at)).toMatchObject({
    reason: "Quiet hours of the rule",
  });
  expect(holdOfFiring(alert("a"), null, world, at)).toBeNull();
  const muted = { ...world, inhibitions: [inhibition({ equal: [] }, "s")] };
  expect(holdOfEnding(snoozed, null, muted, at)).toBeNull();
  expect(holdOfFiring(snoozed, null, muted, at)).toMatchObject({ stage: "inhibit" });
});

test("outbox: titles name the gravest first and count the others; a channel's rate is said", () => {
  const three = [alert("a"), alert("b", { severity: "critical" }), alert("c")];
  expect(titleOf(three.slice(0, 1))).toBe("a: Offline");
  expect(titleOf(three)).toBe("b and 2 others: Offline");
  expect(titleOf([alert("a"), alert("b", { ruleName: "Stuck" })])).toBe("a: Offline, and 1 more alert");
  expect(gravestOf(three)).toBe("critical");
  expect(throttle({ id: "ops", name: "Ops", perMinute: 20 }).reason).toContain(
    "at most 20 messages a minute",
  );
});
