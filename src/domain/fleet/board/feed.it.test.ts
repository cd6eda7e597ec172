import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import { applyFrame, type Board, decodeSnapshot } from "@/contracts/wire/board-fold";
import type { Frame } from "@/contracts/wire/browser";
import { accounts } from "@/db/schema";
import {
  changeAgent,
  changeStatuses,
  createAgent,
  findAgents,
  removeAgent,
  type StatusEvent,
} from "@/domain/fleet/agents";
import {
  cancelCommand,
  claimFor,
  findCommands,
  reportCommand,
  requestCommands,
} from "@/domain/fleet/commands";
import { mainAccount, systemCtx, transact } from "@/domain/kernel";
import { fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { writeAlerts } from "@/testing/outbox";
import { startStamper } from "@/workers/kernel/stamp";
import { BoardFeed } from "./feed";

let ground: TestGround;
let stamper: ReturnType<typeof startStamper>;

beforeAll(async () => {
  ground = await testGround();
  stamper = startStamper(ground);
});
afterAll(async () => {
  await stamper.stop();
  await ground.db.close();
});

const account = mainAccount;
const operator = () => personCtx(ground, "operator");

/** What must be the same on the board, in memory and in the database; times in full seconds. */
function known(agent: Agent) {
  const { id, name, group, tags, status, host, version, sessionId, pid, statusSince } = agent;
  const since = Math.floor(Date.parse(statusSince) / 1_000);
  const { decidedBy, keyPrefix } = agent.evidence;
  return { id, name, group, tags, status, host, version, sessionId, pid, since, decidedBy, keyPrefix };
}
const sorted = <Item extends { id: string }>(items: Iterable<Item>) =>
  [...items].sort((a, b) => a.id.localeCompare(b.id));
const agentsOn = (board: Board) => sorted([...board.agents.values()].map(({ agent }) => known(agent)));

async function stored() {
  const agents = await findAgents(operator(), { limit: 500 });
  const commands = await findCommands(operator(), { limit: 500 });
  return { agents: sorted(agents.items.map(known)), commands: commandsOf(commands.items) };
}

/** A command says the name that its agent had when it was asked for; the list says the present one. */
function commandsOf(commands: Iterable<Command>) {
  return sorted(commands).map(({ agentName: _, ...command }) => command);
}

const session = (sessionId: string) => ({
  sessionId,
  host: `host-${sessionId}`,
  pid: 4_711,
  version: "1.0",
  commandLine: "node worker.js",
  keyPrefix: "mca_ab",
});

type Step = { act: number; pick: number; word: string };
let made = 0;

/** One random act on one of the agents there are, as the product does it. */
async function step({ act, pick, word }: Step): Promise<void> {
  const { items } = await findAgents(operator(), { limit: 500 });
  const agent = items[pick % Math.max(1, items.length)];
  if (act === 0 || !agent) {
    await createAgent(operator(), {
      name: `${word} ${made++}`,
      tags: ["a"],
      group: pick % 2 ? "g" : undefined,
    });
    return;
  }
  const happens = (event: StatusEvent) => changeStatuses(systemCtx(ground), [{ agentId: agent.id, event }]);
  const command = (await findCommands(operator(), { limit: 1, agentId: agent.id })).items[0];
  const actor = { kind: "agent" as const, id: agent.id, name: agent.name };
  const says = (state: "acknowledged" | "running" | "succeeded" | "failed") =>
    command && reportCommand({ ...systemCtx(ground), actor }, { id: command.id, state, message: word });
  const acts = [
    () => changeAgent(operator(), { id: agent.id, name: `${word} ${made++}`, tags: [`t${pick % 5}`] }),
    () => changeAgent(operator(), { id: agent.id, group: pick % 3 ? null : "other" }),
    () => removeAgent(operator(), agent.id),
    () => happens({ kind: "connected", session: session(word) }),
    () => happens({ kind: "silent", silentForMs: 7_000 }),
    () => happens({ kind: "bye", sessionId: agent.sessionId ?? "", reason: word, exitCode: 0, signal: null }),
    () =>
      requestCommands(operator(), { kind: "restart", reason: word, agentIds: [agent.id], waitMs: 60_000 }),
    () => claimFor(ground, account, [agent.id], () => {}),
    () => says("acknowledged"),
    () => says("running"),
    () => says("succeeded"),
    () => says("failed"),
    () => command && cancelCommand(operator(), command.id),
    () =>
      ground.bus.publish("beats", [
        {
          account,
          agentId: agent.id,
          receivedAt: Date.now(),
          transitMs: 3,
          activity: "working",
          task: word,
          progressAt: null,
          cpuPercent: pick / 10,
          memoryBytes: pick * 1024,
        },
      ]),
    // Said again with other words, it is no fact.
    () => says("running"),
    () => says("running"),
  ];
  // A refusal (a second open command, a cancel too late) is part of the game.
  await Promise.resolve(acts[(act - 1) % acts.length]?.()).catch(() => {});
}

test("after any sequence of acts, a watcher's board, a fresh snapshot and the database are the same", async () => {
  const words = fc.constantFrom("ä", "<b>x</b>", "😀 build", "s1", "s2", "plain");
  const steps = fc.array(fc.record({ act: fc.integer({ min: 0, max: 16 }), pick: fc.nat(40), word: words }), {
    minLength: 20,
    maxLength: 60,
  });
  const feed = await BoardFeed.start(ground);
  const board = decodeSnapshot(feed.snapshot(account));
  const frames: Frame[] = [];
  const end = feed.onFrame(account, (frame) => {
    frames.push(JSON.parse(JSON.stringify(frame)));
    expect(applyFrame(board, frame)).not.toBeNull();
  });
  const seed = Number(process.env.MC_TEST_SEED ?? 20_261_121);
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const from = decodeSnapshot(feed.snapshot(account));
      const framesBefore = frames.length;
      for (const one of all) await step(one);
      const { agents, commands } = await stored();
      await eventually(() => {
        expect(agentsOn(board)).toEqual(agents);
        expect(commandsOf(board.commands.values())).toEqual(commands);
        return true;
      });
      const fresh = decodeSnapshot(feed.snapshot(account));
      expect(agentsOn(fresh)).toEqual(agents);
      expect(live(fresh)).toEqual(live(board));
      // Who was away meanwhile and replays comes to the same board; a frame seen twice changes nothing.
      const missed = feed.since(account, feed.epoch, from.seq) ?? [];
      expect(missed.length).toBeGreaterThanOrEqual(frames.length - framesBefore);
      for (const frame of [...missed, ...missed]) expect(applyFrame(from, frame)).not.toBeNull();
      expect(live(from)).toEqual(live(board));
      expect(agentsOn(from)).toEqual(agents);
    }),
    { seed, numRuns: 6, endOnFailure: true },
  );
  end();
  feed.stop();
  // A restart reads the same picture from the tables, under another epoch.
  const again = await BoardFeed.start(ground);
  const reloaded = decodeSnapshot(again.snapshot(account));
  expect(agentsOn(reloaded)).toEqual((await stored()).agents);
  expect(commandsOf(reloaded.commands.values())).toEqual((await stored()).commands);
  expect(again.since(account, feed.epoch, board.seq)).toBeNull();
  again.stop();
});

/** What beats tell, which is in no table until it is flushed. */
function live(board: Board) {
  return sorted(
    [...board.agents.values()].map(({ ix, agent, transitMs }) => ({
      id: agent.id,
      ix,
      transitMs,
      task: agent.task,
      activity: agent.activity,
      lastBeatAt: agent.lastBeatAt,
      metrics: agent.metrics,
    })),
  );
}

test("accounts are kept apart; notices reach the board and a restarted one", async () => {
  await ground.db.orm.insert(accounts).values({ id: "acc_two", name: "Two", createdAt: new Date() });
  const feed = await BoardFeed.start(ground);
  const seen: Frame[] = [];
  const end = feed.onFrame("acc_two", (frame) => seen.push(frame));
  const mine = await createAgent(operator(), { name: "mine" });
  const theirs = await createAgent(personCtx(ground, "admin", "acc_two"), { name: "theirs" });
  await transact(systemCtx(ground, "acc_two"), async ({ record }) => {
    const at = new Date().toISOString();
    record({
      kind: "monitoring.was_blind",
      target: { kind: "monitoring", id: "n1", name: "monitoring" },
      after: { id: "n1", from: at, to: at, text: "Monitoring was blind." },
    });
  });
  await eventually(() => feed.snapshot("acc_two").notices.length === 1);
  await eventually(() => seen.length > 0);
  expect(JSON.stringify(seen)).not.toContain(mine.id);
  expect(feed.strangers("acc_two", [mine.id, theirs.id])).toEqual([mine.id]);
  expect(feed.strangers(account, [theirs.id])).toEqual([theirs.id]);
  expect(JSON.stringify(feed.snapshot(account))).not.toContain(theirs.id);
  end();
  feed.stop();
  const again = await BoardFeed.start(ground);
  expect(again.snapshot("acc_two").notices).toMatchObject([{ id: "n1", text: "Monitoring was blind." }]);
  expect(again.snapshot(account).notices).toEqual([]);
  again.stop();
});

test("a restarted board has alerts about the fleet, which no agent has, and those of agents", async () => {
  const [ofAgent, ofFleet] = await writeAlerts(ground, ["nightly-export", "All agents"]);
  await ground.db.sql`
    update alerts set agent_id = null, subject_kind = 'fleet', kind = 'outage' where id = ${ofFleet ?? ""}`;
  const feed = await BoardFeed.start(ground);
  const ids = (feed.snapshot(account).alerts as { id: string }[]).map(({ id }) => id);
  expect(ids.sort()).toEqual([ofAgent, ofFleet].sort());
  feed.stop();
});

test("what a fact tells does not wait for the tick of beats, and takes those along that wait", async () => {
  const agent = await createAgent(operator(), { name: "pushed" });
  // A fact that is told later would make a frame of its own.
  await eventually(async () => (await ground.db.sql`select from facts_pending`).length === 0);
  const clock = fakeClock();
  const feed = await BoardFeed.start({ ...ground, clock });
  const frames: Frame[] = [];
  const end = feed.onFrame(account, (frame) => frames.push(frame));
  const beat = (task: string) =>
    ground.bus.publish("beats", [
      {
        account,
        agentId: agent.id,
        receivedAt: clock.nowMs(),
        transitMs: 1,
        activity: "working",
        task,
        progressAt: null,
        cpuPercent: 1,
        memoryBytes: 1_024,
      },
    ]);
  await clock.advance(1_000);
  beat("first");
  await clock.advance(0);
  expect(frames).toHaveLength(1);
  beat("second");
  await clock.advance(4);
  expect(frames).toHaveLength(1);
  await clock.advance(1);
  expect(frames).toHaveLength(2);
  beat("third");
  await changeAgent(operator(), { id: agent.id, tags: ["pushed"] });
  const [entry] = [...feed.look(account).agents.values()].filter((one) => one.agent.id === agent.id);
  await eventually(() => entry?.agent.tags[0] === "pushed");
  await clock.advance(1);
  expect(frames).toHaveLength(3);
  expect(frames[2]).toMatchObject({ b: [expect.anything()], c: [expect.anything()] });
  await clock.advance(10);
  expect(frames).toHaveLength(3);
  end();
  feed.stop();
});
