import { expect, it } from "vitest";
import { createAgent, findAgent } from "@/domain/fleet/agents";
import { startAgentServer } from "@/testing/agent-server";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { createSweeper } from "./sweep";

it("notices over a real socket that an agent vanished, tells it once, and tells its return", async () => {
  const server = await startAgentServer({ door: { beatMs: 100, silentAfterMs: 500 } });
  const ctx = personCtx(server.ground);
  const running = createSweeper(server.ground, server.door).start();
  const { id, key } = await createAgent(ctx, { name: "mortal" });
  const agent = server.agent({ key });
  const becomes = (status: string) => eventually(async () => (await findAgent(ctx, id)).status === status);
  await agent.connect();
  await agent.beat({ task: "the last thing known" });
  await becomes("online");
  agent.vanish();
  await becomes("offline");
  const shown = await findAgent(ctx, id);
  expect(shown).toMatchObject({ task: "the last thing known", activity: null });
  expect(shown.statusSince).toBe(shown.lastBeatAt);
  await agent.connect();
  await becomes("online");
  await agent.bye();
  const { sql } = server.ground.db;
  await eventually(async () => (await sql`select 1 from facts_pending`).length === 0);
  const rows = await sql`select kind from facts where target->>'id' = ${id} order by seq`;
  expect(rows.map((row) => row.kind)).toEqual([
    "agent.added",
    "agent.connected",
    "agent.came_online",
    "agent.went_offline",
    "agent.came_online",
    "agent.stopped",
  ]);
  await running.stop();
  await server.stop();
});
