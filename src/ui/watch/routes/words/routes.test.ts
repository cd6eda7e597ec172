import { describe, expect, it } from "vitest";
import type { AlertPolicy, Route } from "@/contracts/watch/policy";
import { policyDifferences } from "./policy-differences";
import { inhibitionSentence, routeSentence } from "./route-words";
import { freshId, inAskedOrder, moved, newRoute, withRoute } from "./tree";

const channels = [
  { id: "chn_1", name: "Ops Teams" },
  { id: "chn_2", name: "On-call mail" },
];
const branch = (id: string, rest: Partial<Route> = {}): Route => ({ ...newRoute(id), name: id, ...rest });
const root = branch("root", {
  name: "Everything",
  matchers: [],
  groupBy: ["rule"],
  waitMs: 30_000,
  intervalMs: 300_000,
  repeatMs: 14_400_000,
  escalation: [],
  routes: [
    branch("critical", {
      channelIds: ["chn_1"],
      waitMs: 0,
      intervalMs: 30_000,
      escalation: [{ afterMs: 900_000, channelIds: ["chn_2"] }],
      routes: [branch("prod", { matchers: [{ label: "group", op: "=~", value: "prod-.*" }] })],
    }),
    branch("night", { continue: true, matchers: [{ label: "tag", op: "=", value: "nightly" }] }),
  ],
});
const policy: AlertPolicy = {
  root,
  inhibitions: [
    {
      id: "outage",
      name: "An outage speaks",
      source: [{ label: "kind", op: "=", value: "host-down" }],
      target: [{ label: "kind", op: "=~", value: "offline|no-heartbeat" }],
      equal: ["host"],
      enabled: true,
    },
  ],
};
const sentences = (tree: Route) => inAskedOrder(tree).map((placed) => routeSentence(placed, channels));

describe("a branch is a sentence", () => {
  it("in the order in which it is asked, with what it inherits", () => {
    expect(sentences(root)).toEqual([
      "Alerts with group fits prod-.* go to Ops Teams, grouped by rule: at once, news every 30 s, again after 4 h; if nobody acknowledges in 15 min, also On-call mail.",
      "Other alerts with severity = critical go to Ops Teams, grouped by rule: at once, news every 30 s, again after 4 h; if nobody acknowledges in 15 min, also On-call mail.",
      "Alerts with tag = nightly go to every channel that is on, grouped by rule: after 30 s of gathering, news every 5 min, again after 4 h. The branches after it are asked too.",
      "All other alerts go to every channel that is on, grouped by rule: after 30 s of gathering, news every 5 min, again after 4 h.",
    ]);
  });

  it("with quiet hours and groups of its own", () => {
    const alone = branch("root", {
      matchers: [],
      groupBy: [],
      quiet: [{ days: [6, 7], from: "00:00", to: "06:00", zone: "UTC" }],
    });
    expect(sentences(alone)).toEqual([
      "All alerts go to every channel that is on, all in one message: after 30 s of gathering, news every 5 min, again after 4 h. Nobody is told 00:00–06:00 at weekends, UTC.",
    ]);
  });

  it("and so is a muting", () => {
    expect(policy.inhibitions.map(inhibitionSentence)).toEqual([
      "While an alert with kind = host-down fires, those with kind fits offline|no-heartbeat and the same host are not told.",
    ]);
  });
});

describe("the tree", () => {
  const order = (tree: Route) => tree.routes.map(({ id }) => id);

  it("moves a branch among its siblings and no further", () => {
    expect(order(moved(root, "night", -1))).toEqual(["night", "critical"]);
    expect(moved(root, "night", 1)).toEqual(root);
    expect(moved(root, "root", 1)).toBe(root);
    expect(moved(moved(root, "night", -1), "night", 1)).toEqual(root);
  });

  it("takes a branch away with what is inside it, but never the root", () => {
    expect(order(withRoute(root, "critical", () => null))).toEqual(["night"]);
    expect(withRoute(root, "root", () => null)).toBe(root);
  });

  it("names a branch by what it is called", () => {
    expect(freshId("Nachtschicht für Ä", [])).toBe("nachtschicht-fu-r-a");
    expect(freshId("Night", ["night", "night-2"])).toBe("night-3");
    expect(freshId("夜", [])).toBe("branch");
  });
});

describe("differences of two versions", () => {
  it("says what came, went, changed and moved", () => {
    const changed = moved(
      withRoute(root, "critical", (route) => ({ ...route, waitMs: 60_000, channelIds: [], routes: [] })),
      "night",
      -1,
    );
    const after: AlertPolicy = {
      root: { ...changed, routes: [...changed.routes, branch("late")] },
      inhibitions: policy.inhibitions.map((one) => ({ ...one, enabled: false })),
    };
    const muting =
      "While an alert with kind = host-down fires, those with kind fits offline|no-heartbeat and the same host are not told.";
    expect(policyDifferences(policy, after, channels)).toEqual([
      { name: "critical: tells", before: "Ops Teams", after: "as above it" },
      { name: "critical: gathers", before: "0 s", after: "1 min" },
      { name: "Branch late", before: "was not there", after: "takes severity = critical" },
      { name: "Everything: order", before: "critical, night", after: "night, critical, late" },
      { name: "Branch prod", before: "took group fits prod-.*", after: "is gone" },
      { name: "Muting “An outage speaks”", before: muting, after: `off: ${muting}` },
    ]);
    expect(policyDifferences(policy, policy, channels)).toEqual([]);
  });
});
