import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureDefaultRules } from "@/domain/watch/rules";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { addWatchedAgent } from "@/testing/watch";

let server: ApiServer;
let mc: McCommand;
let folder: string;
beforeAll(async () => {
  server = await startApiServer();
  const { token } = await server.person("admin");
  mc = await buildMc({ MC_URL: server.url, MC_API_TOKEN: token });
  folder = mkdtempSync(join(tmpdir(), "mc-rules-"));
  await ensureDefaultRules(server.ground);
  await addWatchedAgent(server.ground, { id: "agt_a", name: "indexer" });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await mc.close();
  await server.stop();
});

const rules = (...args: string[]) => mc.run(["rules", ...args]);
const json = async (...args: string[]) => {
  const { code, out, err } = await rules(...args, "--json");
  expect(code, err).toBe(0);
  return JSON.parse(out);
};

test("a rule is made, shown, edited, switched, copied, deleted and brought back", async () => {
  const made = await rules(
    ...["add", "--name", "Queue is long", "--severity", "warning", "--scope", "group:workers"],
    ...["--when", "metric", "metric=queue.depth", "op=above", "value=100", "--for", "1h30m"],
  );
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(made.out).toMatch(
    /^Queue is long: made \(rul_\w+, version 1\)\nNote: There is no group “workers” yet/,
  );
  const shown = await rules("show", "queue is LONG");
  expect(shown.out).toContain(
    "when      metric metric=queue.depth op=above value=100\nscope     group:workers\n",
  );
  expect(shown.out).toContain("for       1h30m\n");
  expect((await rules("list")).out).toMatch(/Queue is long +yes +warning +metric metric=queue\.depth/);

  await json(
    "edit",
    "Queue is long",
    "--severity",
    "critical",
    "--except",
    "agents:indexer",
    "--runbook",
    "Look.",
  );
  expect(await json("show", "Queue is long")).toMatchObject({
    ...{
      version: 2,
      severity: "critical",
      except: [{ kind: "agents", agentIds: ["agt_a"] }],
      runbook: "Look.",
    },
    condition: { metric: "queue.depth", value: 100 },
    forMs: 5_400_000,
  });
  expect((await rules("disable", "Queue is long")).out).toMatch(/: disabled \(/);
  expect((await rules("enable", "Queue is long")).out).toMatch(/: enabled \(/);
  expect((await rules("duplicate", "Queue is long")).out).toContain(
    "Queue is long (copy): made, switched off",
  );
  const { id } = await json("show", "Queue is long");
  expect((await rules("delete", "Queue is long")).out).toBe(
    `Queue is long: deleted. Bring it back by: mc rules restore ${id} 4\n`,
  );
  expect((await rules("restore", id, "4")).out).toContain("restored");
  const history = await json("history", id);
  expect(history.map(({ how }: { how: string }) => how)).toEqual([
    ...["restored", "deleted", "changed", "changed", "changed", "created"],
  ]);
}, 120_000);

test("what is exported is imported as the same; a file shows first and changes with --apply", async () => {
  const file = join(folder, "rules.yaml");
  const exported = await rules("export");
  writeFileSync(file, exported.out);
  const rest = await server.request("GET", "/v1/rules/export", {
    bearer: (await server.person("viewer")).token,
  });
  expect([rest.headers.get("Content-Type"), rest.text]).toEqual(["text/yaml; charset=utf-8", exported.out]);
  expect((await rules("import", file)).out).toMatch(
    /^0 to make, 0 to change, \d+ the same\. Nothing was changed/,
  );
  writeFileSync(file, exported.out.replace("value: 95", "value: 97"));
  expect((await rules("import", file)).out).toMatch(
    /^~ Processor is busy for long\n {4}when\.value: 95 → 97\n0 to make, 1 to/,
  );
  expect((await rules("import", file, "--apply")).out).toMatch(/0 made, 1 changed/);
  writeFileSync(file, "rules:\n  - name: x\n    wen: {}\n");
  expect(await rules("import", file, "--apply")).toMatchObject({
    code: 2,
    err: expect.stringContaining("line 3: rules[0].wen is not known here"),
  });
});

test("a rule and a file are rehearsed", async () => {
  const one = await rules("rehearse", "Any agent is offline", "--days", "2");
  expect(one).toMatchObject({ code: 0, err: "" });
  expect(one.out).toMatch(/^Any agent is offline, \S+Z to \S+Z\n0 alerts about 0 subjects/);
  const file = join(folder, "draft.yaml");
  writeFileSync(
    file,
    "rules:\n  - { name: lag, severity: info, scope: all, when: { kind: self, check: outbox, value: 5 } }\n",
  );
  expect((await rules("rehearse", file)).out).toContain("Note: How Mission Control itself was is not stored");
});

test("what cannot be is refused in words and codes", async () => {
  expect(await rules("show", "nothing")).toMatchObject({
    code: 4,
    err: expect.stringContaining("called nothing"),
  });
  expect(await rules("add", "--name", "x")).toMatchObject({ code: 2 });
  expect(await rules("edit", "Any agent is offline", "--scope", "grp:x")).toMatchObject({ code: 2 });
  expect(await rules("edit", "Any agent is offline", "--for", "5 days")).toMatchObject({ code: 2 });
  const after = await rules("edit", "Any agent is offline", "--when", "stuck", "after=soon");
  expect(after).toMatchObject({ code: 2, err: expect.stringContaining("after=soon: Give a duration") });
  const kind = await rules("edit", "Any agent is offline", "--when", "ofline");
  expect(kind).toMatchObject({ code: 2, err: expect.stringContaining("condition") });
});
