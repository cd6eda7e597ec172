import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { AlertPolicy, Route } from "@/contracts/watch/policy";
import { fakeClock } from "@/testing/clock";
import { branch, plainLabels, policyOf, TellingStage } from "@/testing/telling";
import type { Watched } from "../stages/speaks-for";
import { type PastAlert, tellHistory } from "./tell-history";

const start = Date.parse("2026-10-24T12:00:00Z");
const channelIds = ["ops", "dba", "boss"];
let stage: TellingStage | undefined;
afterEach(() => stage?.close());

type Episode = {
  id: string;
  kind: "offline" | "outage" | "stuck";
  severity: "warning" | "critical";
  /** Whom the rule of an outage watches. */
  watched: keyof typeof watchedBy;
  /** Of the rule that names its own channels. Outages are of none. */
  own: boolean;
  group: string;
  host: string;
  /** How long the trouble was there before the alert fired. */
  pendingMs: number;
  fromMs: number;
  toMs: number | null;
  /** When it recovered, and came back if it did. */
  calm: { fromMs: number; toMs: number | null } | null;
};

const web = { kind: "group", group: "web" } as const;
const watchedBy = {
  everybody: { scope: { kind: "all" }, except: [] },
  web: { scope: web, except: [] },
  "all but web": { scope: { kind: "all" }, except: [web] },
} satisfies Record<string, Watched>;
const condition = { kind: "outage", percent: 50, atLeast: 2 } as const;
const agentOf = ({ kind, id }: Pick<Episode, "kind" | "id">) => (kind === "outage" ? null : id);

/** Names its channels itself. */
const ownRule = { id: "own", name: "own", channelIds: ["dba"] };
const ruleOf = ({ kind, own }: Pick<Episode, "kind" | "own">) => (own && kind !== "outage" ? ownRule : null);

/**
 * Each change at a part of a second of its own: groups wait for whole ones, and at one moment the log's order would
 * decide. Over hours, where groups gather and repeat, or within a minute and a half, where all are about to come back.
 */
const history = fc
  .constantFrom(90, 900, 20_000)
  .chain((max) => fc.uniqueArray(fc.integer({ min: 1, max }), { minLength: 2, maxLength: 18 }))
  .chain((seconds) =>
    fc.tuple(
      ...Array.from({ length: Math.floor(seconds.length / 2) }, (_, index) =>
        fc
          .record({
            kind: fc.constantFrom<Episode["kind"]>("offline", "offline", "stuck", "outage"),
            severity: fc.constantFrom<Episode["severity"]>("warning", "critical"),
            watched: fc.constantFrom<Episode["watched"]>("everybody", "web", "all but web"),
            own: fc.boolean(),
            pendingMs: fc.constantFrom(0, 8_000, 40_000),
            group: fc.constantFrom("db", "web"),
            host: fc.constantFrom("h1", "h2"),
            ends: fc.boolean(),
            calms: fc.constantFrom("never", "a while", "to the end"),
          })
          .map(({ ends, calms, ...rest }): Episode => {
            const [a = 0, b = 0] = [seconds[2 * index], seconds[2 * index + 1]];
            const [fromMs, toMs] = [
              Math.min(a, b) * 1_000 + 10 * index,
              Math.max(a, b) * 1_000 + 10 * index + 5,
            ];
            const third = Math.floor((toMs - fromMs) / 3_000) * 1_000;
            const [calmMs, backMs] = [fromMs + third + 370 + index, fromMs + 2 * third + 610 + index];
            const calm = { fromMs: calmMs, toMs: calms === "a while" ? backMs : null };
            return {
              ...{ ...rest, id: `e${index}`, fromMs, toMs: ends || index % 3 > 0 ? toMs : null },
              calm: calms === "never" || third === 0 ? null : calm,
            };
          }),
      ),
    ),
  );

const times = {
  waitMs: fc.constantFrom(null, 0, 30_000, 120_000),
  intervalMs: fc.constantFrom(null, 30_000, 300_000),
  repeatMs: fc.constantFrom(null, 1_800_000, 7_200_000),
};
const quiet = fc.constantFrom<Route["quiet"]>(
  [],
  [],
  [{ days: [6, 7], from: "14:30", to: "15:10", zone: "Europe/Berlin" }],
);
const matcher = fc.constantFrom<Route["matchers"]>(
  [{ label: "group", op: "=", value: "db" }],
  [{ label: "severity", op: "=", value: "critical" }],
  [{ label: "kind", op: "=~", value: "off.*|outage" }],
  [],
);
const escalation = fc.constantFrom<Route["escalation"]>(
  null,
  [],
  [
    { afterMs: 600_000, channelIds: ["boss"] },
    { afterMs: 1_200_000, channelIds: ["boss", "dba"] },
  ],
);
const some = fc.subarray(channelIds, { maxLength: 2 });
const groupBy = fc.constantFrom<Route["groupBy"]>(null, [], ["rule"], ["group", "host"], ["agent"]);
const leaf = (id: string) =>
  fc
    .record({
      matchers: matcher,
      continue: fc.boolean(),
      channelIds: some,
      groupBy,
      quiet,
      escalation,
      ...times,
    })
    .map((over) => branch({ id, ...over }));
const outagesMute = (equal: string[]): AlertPolicy["inhibitions"][number] => ({
  id: "outage",
  name: "outage",
  source: [{ label: "kind", op: "=", value: "outage" }],
  target: [{ label: "kind", op: "=", value: "offline" }],
  equal,
  enabled: true,
});
const policies: fc.Arbitrary<AlertPolicy> = fc
  .tuple(
    leaf("root"),
    leaf("one"),
    leaf("two"),
    leaf("three"),
    fc.constantFrom<string[] | null>(null, ["host"], []),
  )
  .map(([root, one, two, three, equal]) =>
    policyOf(
      {
        ...(root.channelIds.length > 0 ? { channelIds: root.channelIds } : {}),
        groupBy: root.groupBy ?? ["rule"],
        quiet: root.quiet,
        escalation: root.escalation,
        routes: [{ ...one, routes: [two] }, three],
      },
      equal ? [outagesMute(equal)] : [],
    ),
  );

const plain: Omit<Episode, "id" | "fromMs" | "toMs"> = {
  ...{ kind: "offline", severity: "warning", watched: "everybody", own: false },
  ...{ group: "web", host: "h1", pendingMs: 0, calm: null },
};
/** An outage recovers while another one ends, comes back, and mutes again. */
const comesBack: [AlertPolicy, Episode[]] = [
  policyOf({}, [outagesMute(["host"])]),
  [
    {
      ...{ ...plain, id: "e0", kind: "outage", fromMs: 1_000, toMs: 600_005 },
      calm: { fromMs: 60_370, toMs: 200_610 },
    },
    { ...plain, id: "e1", kind: "outage", host: "h2", fromMs: 2_010, toMs: 100_015 },
    { ...plain, id: "e2", fromMs: 210_020, toMs: null },
  ],
];

/** After an outage agents come back one after the other, and the last one does not. */
const straggle: [AlertPolicy, Episode[]] = [
  policyOf({ groupBy: ["kind"] }, [outagesMute([])]),
  [
    { ...plain, id: "e0", kind: "outage", fromMs: 1_000, toMs: 60_005 },
    { ...plain, id: "e1", fromMs: 2_010, toMs: 73_015 },
    { ...plain, id: "e2", fromMs: 3_020, toMs: 77_025 },
    { ...plain, id: "e3", fromMs: 4_030, toMs: 81_035 },
    { ...plain, id: "e4", fromMs: 5_040, toMs: null },
  ],
];

/** The same of one host, with returns on another one that do not count. */
const elsewhere: [AlertPolicy, Episode[]] = [
  policyOf({ groupBy: ["kind", "host"] }, [outagesMute(["host"])]),
  straggle[1].map((one, place) => (place === 2 || place === 3 ? { ...one, host: "h2" } : one)),
];

test("a history told by the simulation reads like the one told by the notifier", async () => {
  await fc.assert(
    fc.asyncProperty(policies, history, async (policy, episodes) => {
      const clock = fakeClock(new Date(start));
      stage = await TellingStage.open(clock, policy, channelIds);
      for (const [id, watched] of Object.entries(watchedBy))
        await stage.addRule(id, { condition, ...watched });
      await stage.addRule(ownRule.id, { channelIds: ownRule.channelIds });
      await stage.pass(0);
      const moments = episodes
        .flatMap((episode) => [
          { ms: episode.fromMs, episode, what: "begins" },
          { ms: episode.calm?.fromMs ?? null, episode, what: "recovers" },
          { ms: episode.calm?.toMs ?? null, episode, what: "relapses" },
          { ms: episode.toMs, episode, what: "ends" },
        ])
        .flatMap(({ ms, ...rest }) => (ms === null ? [] : { ...rest, ms }))
        .sort((a, b) => a.ms - b.ms);
      for (const { ms, episode, what } of moments) {
        await stage.pass(start + ms - clock.nowMs());
        const { id, kind, severity, group, host, pendingMs, watched } = episode;
        const row = { id, kind, severity, group, host, ruleId: ruleOf(episode)?.id ?? watched };
        const since = new Date(start + ms - pendingMs);
        if (what === "begins") await stage.fire({ ...row, since, agentId: agentOf(episode) });
        else if (what === "recovers") await stage.recover(id);
        else if (what === "relapses") await stage.relapse(id);
        else await stage.resolve(id);
      }
      const to = new Date(start + 26_000_000);
      await stage.pass(to.getTime() - clock.nowMs());
      const inLife = (await stage.told()).map(({ at, channel, event, firing, resolved, still }) =>
        JSON.stringify({ at, channel, event, firing, resolved, still }),
      );
      const alerts = episodes.map(
        ({ id, kind, severity, watched, own, group, host, pendingMs, fromMs, toMs, calm }): PastAlert => ({
          id,
          labels: plainLabels(id, { kind, severity, group, host }),
          agentId: agentOf({ kind, id }),
          watched: ruleOf({ kind, own }) ? null : watchedBy[watched],
          severity,
          subjectName: id,
          ruleName: "Offline",
          rule: ruleOf({ kind, own }),
          quiet: [],
          since: new Date(start + fromMs - pendingMs),
          firedAt: new Date(start + fromMs),
          resolvedAt: toMs === null ? null : new Date(start + toMs),
          calms: calm
            ? [
                {
                  from: new Date(start + calm.fromMs),
                  to: calm.toMs === null ? null : new Date(start + calm.toMs),
                },
              ]
            : [],
        }),
      );
      const channels = channelIds.map((id) => ({ id, name: id, perMinute: null }));
      const simulated = tellHistory({ policy, channels, alerts, to }).map(
        ({ at, channelId, event, firing, resolved, still }) =>
          JSON.stringify({
            at: at.toISOString().slice(5, 19).replace("T", " "),
            channel: channelId,
            event,
            firing: firing.sort(),
            resolved: resolved.sort(),
            still: still.sort(),
          }),
      );
      expect(simulated.sort()).toEqual(inLife.sort());
      await stage.close();
      stage = undefined;
    }),
    {
      examples: [comesBack, straggle, elsewhere],
      numRuns: 10,
      endOnFailure: true,
      interruptAfterTimeLimit: 40_000,
    },
  );
}, 240_000);
