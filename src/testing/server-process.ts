import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serverFlags } from "../../scripts/server-flags.mjs";
import { eventually } from "./eventually";
import { freePort } from "./redis";

/** The first owner of every test server. */
export const testOwner = { email: "owner@example.test", password: "Correct-Horse-42-Battery" };

export type ServerProcess = {
  url: string;
  port: number;
  pid(): number;
  /** Everything that the process printed. */
  output(): string;
  /** Ends it by `signal` and waits until it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port, with the same settings and data; waits until it is ready. */
  start(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Ends it and removes its data folder. */
  close(): Promise<void>;
};

/**
 * The built server (`dist/server.mjs`) in a process of its own on a free port of the loopback address. Without
 * `DATABASE_URL` in `env` it runs its own embedded PostgreSQL, as a user's would.
 */
export async function startServerProcess(
  env: Record<string, string> = {},
  /** Name that people reach it by: `localhost` for what browsers give to names only, such as passkeys. */
  name = "127.0.0.1",
): Promise<ServerProcess> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), "mc-server-"));
  const url = `http://${name}:${port}`;
  let child: ChildProcess | null = null;
  let printed = "";

  const start = async () => {
    const started = spawn(process.execPath, [...serverFlags, resolve("dist/server.mjs")], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        PORT: String(port),
        HOST: "127.0.0.1",
        MC_URL: url,
        MC_DATA_DIR: dataDir,
        MC_OWNER_EMAIL: testOwner.email,
        MC_OWNER_PASSWORD: testOwner.password,
        MC_OUTBOUND_ALLOW: "127.0.0.1",
        // Tests and benchmarks look more often than people do.
        MC_CALLS_PER_MINUTE: "1000000",
        LOG_LEVEL: "info",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    const keep = (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-200_000);
    };
    started.stdout?.on("data", keep);
    started.stderr?.on("data", keep);
    await eventually(
      async () => {
        if (started.exitCode !== null)
          throw new Error(`the server ended with ${started.exitCode}:\n${printed.slice(-4_000)}`);
        const answer = await fetch(`${url}/readyz`).catch(() => null);
        return answer?.status === 200;
      },
      { timeoutMs: 60_000 },
    );
  };

  const end = async (signal: NodeJS.Signals = "SIGTERM") => {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((done) => ending.once("exit", done));
    ending.kill(signal);
    await gone;
  };

  await start();
  return {
    url,
    port,
    pid: () => child?.pid ?? 0,
    output: () => printed,
    end,
    start,
    pause: () => child?.kill("SIGSTOP"),
    resume: () => child?.kill("SIGCONT"),
    close: async () => {
      await end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
