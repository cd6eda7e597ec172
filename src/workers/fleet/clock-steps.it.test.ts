import { afterEach, beforeEach, expect, test } from "vitest";
import { createAgent } from "@/domain/fleet/agents";
import { findCommand, requestCommands } from "@/domain/fleet/commands";
import { AgentDoor } from "@/domain/fleet/presence/door";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { startExpirer } from "./expire";
import { createSweeper } from "./sweep";

let clock: FakeClock;
let ground: TestGround;
let agentId: string;
const running: { stop(): Promise<unknown> | unknown }[] = [];
beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00Z");
  ground = await testGround({ clock });
  agentId = (await createAgent(personCtx(ground), { name: "indexer" })).id;
});
afterEach(async () => {
  for (const part of running.splice(0).reverse()) await part.stop();
  await ground.db.close();
});

const set = (byMs: number) => clock.setWall(new Date(clock.nowMs() + byMs));
/** Lets the loops run until it is so. */
const passing = (ms: number, probe: () => Promise<boolean>) =>
  eventually(async () => {
    await clock.advance(ms);
    return probe();
  });

test.each([600_000, -600_000])(
  "a command waits its time for its agent, although the clock is set by %d ms",
  async (byMs) => {
    const wish = { kind: "restart" as const, reason: "test", agentIds: [agentId], waitMs: 60_000 };
    const [command] = await requestCommands(personCtx(ground, "operator"), wish);
    const now = () => findCommand(personCtx(ground), command?.id ?? "");
    running.push(startExpirer(ground));
    await clock.advance(30_000);
    set(byMs);
    await passing(
      500,
      async () => Date.parse((await now()).deadlineAt) > clock.nowMs() && clock.monotonicMs() > 35_000,
    );
    const { state, deadlineAt } = await now();
    expect([state, Date.parse(deadlineAt)]).toEqual(["queued", Date.parse(command?.deadlineAt ?? "") + byMs]);
    await clock.advance(30_000);
    await passing(500, async () => (await now()).state === "expired");
  },
);

test.each([600_000, -600_000])(
  "who restarts has its time, although the clock is set by %d ms",
  async (byMs) => {
    const door = new AgentDoor(ground, { silentAfterMs: 6_000 });
    running.push(door);
    await ground.db.sql`
    update agent_presence set status = 'restarting', last_beat_at = ${clock.now().toISOString()}::timestamptz,
      status_deadline_at = ${new Date(clock.nowMs() + 60_000).toISOString()}::timestamptz
    where agent_id = ${agentId}`;
    const status = async () => {
      const [row] = await ground.db.sql<{ status: string }[]>`
      select status from agent_presence where agent_id = ${agentId}`;
      return row?.status;
    };
    running.push(createSweeper(ground, door, { graceMs: 6_000 }).start());
    await passing(250, async () => clock.monotonicMs() > 20_000);
    set(byMs);
    await passing(250, async () => clock.monotonicMs() > 55_000);
    expect(await status()).toBe("restarting");
    await passing(250, async () => (await status()) === "offline");
    expect(clock.monotonicMs()).toBeLessThan(75_000);
  },
);
