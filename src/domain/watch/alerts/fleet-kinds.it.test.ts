import { afterEach, beforeEach, expect, test } from "vitest";
import { systemCtx, transact } from "@/domain/kernel";
import { addWatchedAgent, alertRows, evaluateAll, tellOfBlindSpell } from "@/testing/watch";
import { type WatchStage, watchStage } from "@/testing/watch-stage";

let stage: WatchStage;
beforeEach(async () => {
  stage = await watchStage();
});
afterEach(() => stage.ground.db.close());

const silent = { kind: "silent", silentForMs: 6_000 } as const;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

test("outage and host: told by numbers of those who are expected, in the transaction of the agents", async () => {
  const { ground, clock, watch, happens, beats } = stage;
  await watch({ kind: "outage", percent: 50, atLeast: 3 });
  await watch({ kind: "host-down", atLeast: 2 }, { except: [{ kind: "tag", tag: "spare" }] });
  for (const [id, host, status] of [
    ["agt_a", "web-1", "online"],
    ["agt_b", "web-1", "online"],
    ["agt_c", "web-2", "online"],
    ["agt_d", "web-2", "stopped"],
    ["agt_e", "web-3", "online"],
    ["agt_f", "web-3", "online"],
  ] as const) {
    await addWatchedAgent(ground, { id, host, status, tags: id === "agt_f" ? ["spare"] : [] });
  }
  const open = async () =>
    (await alertRows(ground)).filter((row) => row.state === "firing").map((row) => row.subjectName);
  await happens("agt_a", silent);
  await happens("agt_c", silent);
  expect(await open()).toEqual([]);
  await happens("agt_b", silent);
  expect((await open()).sort()).toEqual(["All agents", "web-1"]);
  expect(await alertRows(ground)).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ subjectKind: "fleet", summary: "3 of 5 agents are offline", value: 60 }),
      expect.objectContaining({ subjectKind: "host", host: "web-1", agentId: null }),
    ]),
  );
  await happens("agt_e", silent);
  expect(await open()).not.toContain("web-3");
  await happens("agt_b", beats());
  expect(await open()).toEqual(["All agents"]);
  await happens("agt_b", silent);
  await ground.db
    .sql`update agents set removed_at = ${clock.now().toISOString()} where id in ('agt_a', 'agt_b')`;
  await transact(systemCtx(ground), async ({ record }) =>
    record({ kind: "agent.removed", target: { kind: "agent", id: "agt_b", name: "agt_b" } }),
  );
  await evaluateAll(ground);
  expect(await open()).toEqual([]);
  expect((await alertRows(ground)).map((row) => row.resolution)).toContain(
    "No agent is expected on it any more after 0 s",
  );
});

test("after our own blindness nothing begins or ends by it, and everybody has a grace time", async () => {
  const { ground, clock, watch, happens, pass } = stage;
  await watch({ kind: "offline" }, { forMs: 10 * minuteMs });
  await watch({ kind: "restart-loop", count: 1, windowMs: 10 * minuteMs });
  for (const id of ["agt_a", "agt_b"]) await addWatchedAgent(ground, { id });
  await happens("agt_a", silent);
  await transact(systemCtx(ground), async ({ record }) =>
    record({ kind: "agent.crashed", target: { kind: "agent", id: "agt_a", name: "agt_a" } }),
  );
  await evaluateAll(ground);
  await clock.advance(minuteMs);
  const fromMs = clock.nowMs();
  await clock.advance(hourMs);
  await tellOfBlindSpell(ground, { fromMs, toMs: clock.nowMs() });
  await evaluateAll(ground);
  await happens("agt_b", { kind: "lost-sight" });
  await clock.advance(15_000);
  await happens("agt_b", silent);
  expect(await alertRows(ground)).toMatchObject([{ kind: "restart-loop", state: "firing" }]);
  await pass(9 * minuteMs);
  const both = async () => (await alertRows(ground)).map((row) => [row.agentId, row.kind, row.state]);
  expect((await both()).sort()).toEqual([
    ["agt_a", "offline", "firing"],
    ["agt_a", "restart-loop", "resolved"],
  ]);
  await pass(minuteMs);
  expect(await both()).toHaveLength(3);
});

test("flapping: kept firing, and calm again after a whole window", async () => {
  const { ground, clock, watch, happens, beats, pass, told } = stage;
  await watch({ kind: "offline" }, { flap: { changes: 4, windowMs: 10 * minuteMs } });
  await addWatchedAgent(ground, { id: "agt_a" });
  for (let round = 0; round < 10; round++) {
    await happens("agt_a", silent);
    await clock.advance(30_000);
    await happens("agt_a", beats());
    await clock.advance(30_000);
  }
  expect(await told()).toEqual({ "alert.fired": 2, "alert.resolved": 1 });
  expect((await alertRows(ground)).at(-1)).toMatchObject({ state: "firing", flapping: true });
  await pass(12 * minuteMs);
  expect(await told()).toEqual({ "alert.fired": 2, "alert.resolved": 2 });
  const flaps = await ground.db
    .sql`select after->>'flapping' as flapping from facts where kind = 'alert.flapping'`;
  expect(flaps.map(({ flapping }) => flapping)).toEqual(["true"]);
});
