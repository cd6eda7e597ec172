import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCrookedServer } from "@/testing/crooked-server";
import { eventually } from "@/testing/eventually";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { processIdentity } from "./processes";

/** No server is needed: a supervisor that is told to end must leave nothing behind, connected or not. */
let mc: McCommand;
beforeAll(async () => {
  mc = await buildMc({ MC_URL: "http://127.0.0.1:9", MC_AGENT_KEY: "mca_nobody" });
});
afterAll(() => mc.close());

const slowToEnd = ["--", "sh", "-c", 'echo $$ > "$PIDS"; trap "" TERM; while :; do sleep 0.05; done'];
const pidIn = (file: string) => {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
};

test.runIf(process.platform === "linux")(
  "told to end while it still ends what a killed supervisor left: that is ended, and nothing is started",
  async () => {
    const folder = mkdtempSync(join(mc.home, "state-"));
    const flags = ["run", "--state-dir", folder, "--grace", "1s", "--tell-for", "0", ...slowToEnd];
    const [first, second] = [join(folder, "first"), join(folder, "second")];
    const killed = mc.start(flags, { PIDS: first });
    await eventually(() => pidIn(first) > 0);
    killed.process.kill("SIGKILL");
    await killed.ended;
    expect(processIdentity(pidIn(first))).toBeDefined();

    const next = mc.start(flags, { PIDS: second });
    // Its lock stands from just before it looks for what was left; the program takes its whole second to end.
    const holder = () => JSON.parse(readFileSync(join(folder, "supervisor.json"), "utf8")).pid;
    await eventually(() => holder() === next.process.pid);
    next.process.kill("SIGTERM");
    expect((await next.ended).code).toBe(143);
    await eventually(() => processIdentity(pidIn(first)) === undefined);
    expect(pidIn(second)).toBe(0);
  },
);

test("a terminal that went away ends nobody, quiet or not", async () => {
  for (const quiet of [[], ["--quiet"]]) {
    const folder = mkdtempSync(join(mc.home, "state-"));
    const pids = join(folder, "pids");
    const run = mc.start(
      ["run", "--state-dir", folder, "--grace", "100ms", "--tell-for", "0", ...quiet, ...slowToEnd],
      {
        PIDS: pids,
      },
    );
    await eventually(() => pidIn(pids) > 0);
    run.process.stdout?.destroy();
    run.process.stderr?.destroy();
    // It says something now, to nobody, and ends its program all the same.
    run.process.kill("SIGTERM");
    expect((await run.ended).code).toBe(137);
    await eventually(() => processIdentity(pidIn(pids)) === undefined);
  }
});

test.runIf(process.platform === "linux")(
  "a disk that takes nothing more ends nobody: it is said, and the exit code stays the program's",
  async () => {
    const folder = mkdtempSync(join(mc.home, "state-"));
    const script = `echo up; until [ -e "${folder}/go" ]; do sleep 0.02; done; exit 3`;
    const flags = ["run", "--state-dir", folder, "--tell-for", "0", "--restart", "never"];
    const run = mc.start([...flags, "--", "/bin/sh", "-c", script]);
    await eventually(() => run.out() === "up\n");
    // The files of the supervisor may not grow from here on.
    execFileSync("prlimit", ["--pid", String(run.process.pid), "--fsize=1"]);
    writeFileSync(join(folder, "go"), "");
    const { code, err } = await run.ended;
    expect(code).toBe(3);
    expect(err).toContain("mc run: the journal can't be kept (EFBIG");
    expect(err).toMatch(/1 line and the end were not told: .*; nor can it be kept for the next run: EFBIG/);
    expect(err).not.toContain("    at ");
  },
);

test("a key that can't be kept is used all the same", async () => {
  const server = await startCrookedServer();
  const folder = mkdtempSync(join(mc.home, "state-"));
  mkdirSync(join(folder, "key.json"));
  const flags = [
    "run",
    "--url",
    server.url,
    "--join",
    "mcj_token",
    "--state-dir",
    folder,
    "--tell-for",
    "2m",
  ];
  const run = mc.start([...flags, "--", "/bin/sh", "-c", "echo hello; exit 0"], { MC_AGENT_KEY: "" });
  await eventually(() => run.err().includes("not enrolled yet"));
  server.join = { status: 201, body: { id: "a1", name: "joined", key: "mca_key" } };
  expect((await run.ended).code).toBe(0);
  expect(run.err()).toContain('enrolled as "joined", but the key can\'t be kept (EISDIR');
  expect(server.heard.map(({ event }) => event)).toEqual(["activity", "activity", "logs", "bye"]);
  await server.stop();
});
