import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
  /** SIGSTOP: connected, but silent. */
  pause(): void;
  resume(): void;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same port, after `kill` or as it is. */
  restart(): Promise<void>;
}

/** A port that was free a moment ago, on loopback. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("No free port was found."));
      });
    });
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function launch(port: number, dir: string): Promise<ChildProcess> {
  const flags = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    dir,
  ];
  const child = spawn("redis-server", flags, { stdio: "ignore" });
  let failure: string | undefined;
  child.once("error", (error) => {
    failure = `redis-server could not be started (${error.message}). Run scripts/ensure-system.sh.`;
  });
  child.once("exit", (code) => {
    failure ??= `redis-server ended with code ${code}.`;
  });
  for (let attempt = 0; attempt < 500; attempt++) {
    if (failure) throw new Error(failure);
    if (await accepts(port)) return child;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  child.kill("SIGKILL");
  throw new Error("redis-server did not begin to listen within 5 s.");
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGCONT");
    child.kill(signal);
  });
}

/** A real redis-server on a free loopback port, without persistence. */
export async function startRedis(): Promise<TestRedis> {
  const dir = await mkdtemp(join(tmpdir(), "mc-redis-"));
  const port = await freePort();
  let child = await launch(port, dir);
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid ?? 0;
    },
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    kill: () => ended(child, "SIGKILL"),
    async restart() {
      await ended(child, "SIGKILL");
      child = await launch(port, dir);
    },
    async stop() {
      process.off("exit", killWithUs);
      await ended(child, "SIGTERM");
      await rm(dir, { recursive: true, force: true });
    },
  };
}
