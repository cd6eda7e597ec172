import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Api } from "./api";

/** A small program that works, and says so. */
export const busyProgram = `
let count = 0;
setInterval(() => {
  count += 1;
  console.log("::mc task Counting, at " + count);
  console.log("::mc progress");
  console.log("info: counted to " + count);
  if (count % 5 === 0) console.log("[warn] five more, now " + count);
  if (count % 7 === 0) console.error("ERROR: seven more, now " + count);
}, 200);
`;

export type AgentProcess = {
  id: string;
  name: string;
  pid(): number;
  output(): string;
  /** `kill -9` of the supervisor, as an operator's accident would. */
  kill(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

/** A real agent: `mc run -- node -e …` with a key of its own. */
export async function startAgent(
  url: string,
  api: Api,
  name: string,
  options: { group?: string; program?: string; tags?: string[] } = {},
): Promise<AgentProcess> {
  const made = await api.call<{ id: string; key: string }>("POST", "/v1/agents", {
    name,
    group: options.group,
    tags: options.tags,
  });
  const stateDir = await mkdtemp(join(tmpdir(), "mc-agent-"));
  let child: ChildProcess | null = null;
  let printed = "";
  const start = () => {
    const started = spawn(
      process.execPath,
      [
        resolve("dist/mc.mjs"),
        "run",
        "--url",
        url,
        "--state-dir",
        stateDir,
        "--",
        process.execPath,
        "-e",
        options.program ?? busyProgram,
      ],
      { env: { ...process.env, MC_AGENT_KEY: made.key }, stdio: ["ignore", "pipe", "pipe"] },
    );
    const keep = (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-50_000);
    };
    started.stdout?.on("data", keep);
    started.stderr?.on("data", keep);
    child = started;
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((done) => ending.once("exit", done));
    ending.kill(signal);
    await gone;
  };
  start();
  return {
    id: made.id,
    name,
    pid: () => child?.pid ?? 0,
    output: () => printed,
    kill: () => end("SIGKILL"),
    start,
    stop: async () => {
      await end("SIGTERM");
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
