import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "@/testing/eventually";
import { FakeAgent } from "@/testing/fake-agent";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";

let server: WholeServer;
let mc: McCommand;
let folder: string;
beforeAll(async () => {
  server = await startWholeServer();
  mc = await buildMc({ MC_URL: server.url, MC_API_TOKEN: (await server.person("admin")).token });
  folder = mkdtempSync(join(tmpdir(), "mc-fleet-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await mc.close();
  await server.stop();
});

/** Each of them starts a process of its own several times. */
const timeout = 120_000;

async function said(...args: string[]): Promise<string> {
  const { code, out, err } = await mc.run(args);
  expect(code, err).toBe(0);
  return out;
}
const json = async (...args: string[]) => JSON.parse(await said(...args, "--json"));

test("an agent is renamed, put into a group and out of it, and deleted", { timeout }, async () => {
  const { id } = await json("agents", "add", "first");
  expect(await said("agents", "rename", "first", "second")).toBe("first is called second now.\n");
  expect(await said("groups", "add", "web")).toMatch(/^Made web \(\w+\)\.\n$/);
  expect(await said("agents", "group", "second", "web")).toBe("second: web\n");
  expect(await said("groups", "list")).toMatch(/^web +1 /m);
  expect(await json("agents", "group", "second")).toMatchObject({ id, group: null });
  expect(await mc.run(["agents", "delete", "second"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("--yes"),
  });
  expect(await said("agents", "delete", id, "--yes")).toBe("Deleted second.\n");
  expect(await mc.run(["agents", "show", "second"])).toMatchObject({ code: 4 });
});

test("what was told to agents is listed, shown and taken back", { timeout }, async () => {
  await json("agents", "add", "listener");
  const [asked] = await json("agent", "restart", "listener", "--reason", "memory grows", "--no-wait");
  expect(await said("commands", "list", "--state", "queued", "--agent", "LISTENER")).toMatch(
    /listener +restart +queued +\S.* +memory grows +\S+\n$/,
  );
  expect(await said("commands", "show", asked.id)).toMatch(/^Reason +memory grows$/m);
  expect(await said("commands", "cancel", asked.id)).toBe("listener: restart cancelled\n");
  expect(await mc.run(["commands", "show", "cmd_none"])).toMatchObject({ code: 4 });
});

test("an agent's past: timeline, metrics, uptime and lines in a file", { timeout }, async () => {
  const { id, key } = await json("agents", "add", "worker");
  const agent = new FakeAgent({ url: server.url, key });
  await agent.connect();
  await agent.activity({ title: "indexed a book" });
  await agent.logs(["good", { message: "bad", level: "error" }]);
  agent.onCommand = async ({ id: command }) => {
    await agent.update(command, "acknowledged");
    await agent.update(command, "running", { progress: 40 });
  };
  const check = mc.start(["agent", "check", "worker", "--reason", "it is slow"]);
  await eventually(() => check.out().includes("worker: running 40 %\n"));
  const [given] = agent.commands;
  await agent.update(given?.id ?? "", "succeeded");
  expect(await check.ended).toMatchObject({ code: 0, out: expect.stringMatching(/worker: succeeded/) });
  agent.socket.disconnect();

  expect(await said("agents", "timeline", "worker")).toMatch(/ note +\S+ +indexed a book$/m);
  expect(await said("agents", "metrics")).toMatch(/^cpuPercent +percent/m);
  expect(await mc.run(["agents", "metrics", "--from", new Date(0).toISOString()])).toMatchObject({
    code: 2,
    err: expect.stringContaining("name it"),
  });
  expect(await json("agents", "metrics", id, "--from", new Date(0).toISOString())).toEqual([]);
  expect(await mc.run(["agents", "metrics", id, "--from", "yesterday"])).toMatchObject({ code: 2 });
  expect((await json("agents", "uptime", "worker")).slices.length).toBeGreaterThan(90);
  expect(await said("agents", "uptime", "worker")).toContain("worker: ");
  expect(await said("logs", "download", "worker", "--level", "error")).toMatch(/^\S+Z ERROR bad\n$/);
  const file = join(folder, "worker.log");
  expect(await said("logs", "download", "worker", "--out", file)).toBe(`2 lines are in ${file}.\n`);
  expect(readFileSync(file, "utf8")).toContain("good");
  expect(await mc.run(["logs", "download", "worker", "--out", join(file, "deeper")])).toMatchObject({
    code: 2,
    err: `${join(file, "deeper")} can't be written: a part of its path is no folder.\n`,
  });
});

test("the audit list is narrowed and goes over pages; the chain is told", { timeout }, async () => {
  const all = await json("audit", "list", "--kind", "agent.", "--limit", "600");
  expect(all.length).toBeGreaterThan(3);
  expect(await json("audit", "list", "--kind", "agent.", "--limit", "2")).toEqual(all.slice(0, 2));
  expect(await said("audit", "list", "--kind", "agent.added", "--target", "worker")).toMatch(
    /^\d+ +\S+Z +agent\.added +of admin +agent worker/m,
  );
  expect(await json("audit", "list", "--to", new Date(0).toISOString())).toEqual([]);
  expect(await mc.run(["audit", "list", "--kind", "nonsense"])).toMatchObject({ code: 2 });
  expect(await said("audit", "chain")).toMatch(/^Row \d+, [0-9a-f]{64}\nThe rows from \d+ on hold/);
  const viewer = { MC_API_TOKEN: (await server.person("viewer")).token };
  expect(await mc.run(["audit", "list"], viewer)).toMatchObject({ code: 3 });
});
