import { afterEach, expect, test } from "vitest";
import type { Topics } from "@/contracts/signals";
import type { CommandMessage } from "@/contracts/wire/agent";
import { connect } from "@/db/client";
import { createAgent, findAgent } from "@/domain/fleet/agents";
import { mainAccount, systemCtx } from "@/domain/kernel";
import { redisBus } from "@/platform/bus";
import { startAgentServer } from "@/testing/agent-server";
import { fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { startRedis } from "@/testing/redis";
import { claimFor, createAgentCommands, findCommand, reportCommand, requestCommands } from ".";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function aServer(ground: TestGround) {
  const commands = createAgentCommands(ground);
  const server = await startAgentServer({ ground, commands: () => commands });
  ends.push(async () => {
    await server.stop();
    await commands.stop();
  });
  return { ...server, commands };
}

async function aGround(): Promise<TestGround> {
  const ground = await testGround();
  ends.push(() => ground.db.close());
  return ground;
}

const ask = async (
  ground: TestGround,
  agentId: string,
  kind: "restart" | "kill" | "health-check" = "restart",
) => {
  const wish = { kind, reason: "test", agentIds: [agentId], waitMs: 60_000 };
  const [command] = await requestCommands(personCtx(ground, "operator"), wish);
  if (!command) throw new Error("no command was made");
  return command;
};
const stateOf = async (ground: TestGround, id: string) => (await findCommand(personCtx(ground), id)).state;

test("where the agent is connected a command is born as sent, and leaves; the log tells both", async () => {
  const ground = await aGround();
  const server = await aServer(ground);
  const { id, key } = await createAgent(personCtx(ground), { name: "indexer" });
  const agent = server.agent({ key });
  await agent.connect();
  const wish = { kind: "restart" as const, reason: "test", agentIds: [id], waitMs: 60_000 };
  const [command] = await requestCommands(personCtx(ground, "operator"), wish, null, server.commands);
  expect(command).toMatchObject({ state: "sent" });
  await eventually(() => agent.commands[0]?.id === command?.id);
  const told = await ground.db.sql`
    select kind, after->>'state' as state from facts_pending where target->>'id' = ${command?.id ?? ""}
    union all select kind, after->>'state' from facts where target->>'id' = ${command?.id ?? ""}`;
  expect(told.map((fact) => [fact.kind, fact.state]).sort()).toEqual([
    ["command.requested", "queued"],
    ["command.sent", "sent"],
  ]);
  expect(await agent.update(command?.id ?? "", "acknowledged")).toEqual({ ok: true });
});

test("a report is judged by the database, whatever this instance last knew of the command", async () => {
  const ground = await aGround();
  const server = await aServer(ground);
  const { id, key } = await createAgent(personCtx(ground), { name: "indexer" });
  const agent = server.agent({ key });
  await agent.connect();
  const asked = async (count: number) => {
    const command = await ask(ground, id, "health-check");
    await eventually(() => agent.commands.length === count);
    return command.id;
  };
  const factsOf = async (commandId: string) => {
    await eventually(async () => (await ground.db.sql`select id from facts_pending`).length === 0);
    return ground.db.sql`
      select kind, before, after - 'acknowledgedAt' as after from facts
      where target->>'id' = ${commandId} and kind <> 'command.requested' order by seq`;
  };
  const sent = { kind: "command.sent", before: { state: "queued" } };
  const acknowledged = {
    kind: "command.acknowledged",
    before: { state: "sent" },
    after: { state: "acknowledged" },
  };

  const plain = await asked(1);
  expect(await agent.update(plain, "acknowledged")).toEqual({ ok: true });
  expect(await agent.update(plain, "acknowledged")).toEqual({ ok: true });
  expect(await agent.update(plain, "succeeded", { message: "Fine." })).toEqual({ ok: true });
  expect(await factsOf(plain)).toMatchObject([
    sent,
    acknowledged,
    {
      kind: "command.succeeded",
      before: { state: "acknowledged" },
      after: { state: "succeeded", message: "Fine." },
    },
  ]);
  expect(await findCommand(personCtx(ground), plain)).toMatchObject({ state: "succeeded", message: "Fine." });

  const elsewhere = await asked(2);
  const actor = { kind: "agent" as const, id, name: "indexer" };
  await reportCommand({ ...systemCtx(ground, mainAccount), actor }, { id: elsewhere, state: "acknowledged" });
  expect(await agent.update(elsewhere, "acknowledged")).toEqual({ ok: true });
  expect(await agent.update(elsewhere, "succeeded")).toEqual({ ok: true });
  expect((await factsOf(elsewhere)).map(({ kind }) => kind)).toEqual([
    "command.sent",
    "command.acknowledged",
    "command.succeeded",
  ]);

  const late = await asked(3);
  await ground.db.sql`update commands set deadline_at = now() - interval '1 s' where id = ${late}`;
  expect(await agent.update(late, "acknowledged")).toMatchObject({ ok: false, error: { code: "expired" } });
  expect(await stateOf(ground, late)).toBe("expired");
});

test("agents that come all at once cost a look at what waits now and then, not one each", async () => {
  const clock = fakeClock();
  const ground = await testGround({ clock });
  ends.push(() => ground.db.close());
  let looks = 0;
  const orm = new Proxy(ground.db.orm, {
    get: (target, name) => {
      if (name === "select") looks += 1;
      return Reflect.get(target, name);
    },
  });
  const commands = createAgentCommands({ ...ground, db: { ...ground.db, orm } });
  ends.push(() => commands.stop());
  for (let index = 0; index < 200; index++) {
    const agent = { agentId: `agt_${index}`, account: mainAccount, name: `agent ${index}` };
    commands.connected(agent, async () => ({ ok: true }));
    await clock.advance(1);
    // Whoever looks at each of them has the time for it.
    await ground.db.sql`select pg_sleep(0.005)`;
  }
  await eventually(() => looks > 1);
  expect(looks).toBeLessThan(20);
});

test("a command that went out on a dying connection is sent again on the next one", async () => {
  const ground = await aGround();
  const server = await aServer(ground);
  const { id, key } = await createAgent(personCtx(ground), { name: "indexer" });
  // Within reach as far as this instance knows, and gone before the command leaves.
  const lost = { nameOf: () => "indexer", deliver: () => {} };
  const agent = server.agent({ key });
  await agent.connect();
  const wish = { kind: "restart" as const, reason: "test", agentIds: [id], waitMs: 60_000 };
  const [command] = await requestCommands(personCtx(ground, "operator"), wish, null, lost);
  await eventually(() => agent.commands[0]?.id === command?.id);
});

test("a connected agent gets it at once, an agent that is away on its return; a restart shows while it runs", async () => {
  const ground = await aGround();
  const server = await aServer(ground);
  const { id, key } = await createAgent(personCtx(ground), { name: "indexer" });
  const away = await ask(ground, id);
  const agent = server.agent({ key });
  await agent.connect();
  await agent.beat();
  await eventually(() => agent.commands[0]?.id === away.id);
  expect(await agent.update(away.id, "acknowledged")).toEqual({ ok: true });
  await agent.update(away.id, "running");
  expect((await findAgent(personCtx(ground), id)).status).toBe("restarting");
  await agent.update(away.id, "succeeded");
  expect((await findAgent(personCtx(ground), id)).status).toBe("online");
  const now = await ask(ground, id, "kill");
  await eventually(() => agent.commands[1]?.id === now.id);
  await agent.update(now.id, "acknowledged");
  await agent.update(now.id, "running");
  expect((await findAgent(personCtx(ground), id)).status).toBe("stopping");
  await agent.update(now.id, "succeeded");
  await agent.bye();
  expect((await findAgent(personCtx(ground), id)).status).toBe("stopped");
});

test("a server that died between claim and send: the command is sent again, and again to a new session, done once", async () => {
  const ground = await aGround();
  const { id, key } = await createAgent(personCtx(ground), { name: "indexer" });
  const command = await ask(ground, id);
  // What a process does before it is killed: it claims, and never sends.
  await claimFor(ground, mainAccount, [id], () => {});
  expect(await stateOf(ground, command.id)).toBe("sent");
  const server = await aServer(ground);
  const first = server.agent({ key });
  await first.connect();
  await eventually(() => first.commands.length === 1);
  first.vanish();
  const second = server.agent({ key });
  await second.connect();
  await eventually(() => second.commands.length === 1);
  expect(await second.update(command.id, "acknowledged")).toEqual({ ok: true });
  expect(await second.update(command.id, "succeeded")).toEqual({ ok: true });
  const third = server.agent({ key });
  await third.connect();
  const next = await ask(ground, id, "health-check");
  await eventually(() => third.commands.length === 1);
  expect(third.commands[0]?.id).toBe(next.id);
});

test("an agent that refuses a command fails it with its own words", async () => {
  const ground = await aGround();
  const server = await aServer(ground);
  const { id, key } = await createAgent(personCtx(ground), { name: "indexer" });
  const agent = server.agent({ key });
  agent.receive = () => ({ ok: false, error: { code: "invalid", message: "I can't do that." } });
  await agent.connect();
  const command = await ask(ground, id);
  await eventually(async () => (await stateOf(ground, command.id)) === "failed");
  expect((await findCommand(personCtx(ground), command.id)).message).toBe(
    "The agent refused it: I can't do that.",
  );
});

test("a poll waits for a command, takes what waits, and does not give one twice in a moment", async () => {
  const ground = await aGround();
  const commands = createAgentCommands(ground);
  ends.push(() => commands.stop());
  const { id, name } = await createAgent(personCtx(ground), { name: "cron" });
  const agent = { agentId: id, account: mainAccount, name };
  const waiting = commands.waitFor(agent, 20_000);
  const command = await ask(ground, id);
  expect((await waiting).map((message: CommandMessage) => message.id)).toEqual([command.id]);
  expect(await commands.waitFor(agent, 0)).toEqual([]);
  expect(await commands.update(agent, { id: command.id, state: "acknowledged" })).toEqual({ ok: true });
});

test("two instances on one Redis: asked for on B, done by an agent on A", async () => {
  const redis = await startRedis();
  ends.push(() => redis.stop());
  const shared = await aGround();
  const database = connect(shared.db.url);
  ends.push(() => database.close());
  const busOf = (instanceId: string) => redisBus<Topics>(redis.url, { prefix: "t", instanceId });
  const a: TestGround = { ...shared, bus: busOf("a") };
  const b: TestGround = { ...shared, db: { ...shared.db, ...database }, bus: busOf("b") };
  ends.push(() => b.bus.close());
  const server = await aServer(a);
  const idle = createAgentCommands(b);
  ends.push(() => idle.stop());
  const { id, key } = await createAgent(personCtx(b), { name: "indexer" });
  await eventually(() => a.bus.health().ok && b.bus.health().ok);
  const agent = server.agent({ key });
  await agent.connect();
  const command = await ask(b, id);
  await eventually(() => agent.commands[0]?.id === command.id);
  await agent.update(command.id, "acknowledged");
  expect(await stateOf(b, command.id)).toBe("acknowledged");
});
