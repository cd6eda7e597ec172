import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleCli } from "../../scripts/bundle.mjs";

export type McRun = {
  process: ChildProcess;
  /** What it has printed up to now. */
  out(): string;
  err(): string;
  /** Its end; -1 stands for an end by a signal. */
  ended: Promise<{ code: number; out: string; err: string }>;
};

export type McCommand = {
  /** A home of its own: profile, state of `mc run`. */
  home: string;
  start(args: string[], env?: Record<string, string>): McRun;
  /** Runs it to its end, with an empty standard input. */
  run(args: string[], env?: Record<string, string>): McRun["ended"];
  /** Ends what still runs and removes it all. */
  close(): Promise<void>;
};

/**
 * The real `mc` and its rescue program, bundled for one test file alone, since several run at once. Each run has `env`
 * and no other setting or credential.
 */
export async function buildMc(env: Record<string, string> = {}): Promise<McCommand> {
  const home = await mkdtemp(join(tmpdir(), "mc-home-"));
  // Inside the checkout, where packages and migrations are found.
  const folder = join("dist", `test-${randomBytes(6).toString("hex")}`);
  await bundleCli(folder);
  const running = new Set<ChildProcess>();

  const start = (args: string[], more: Record<string, string> = {}): McRun => {
    const child = spawn(process.execPath, [resolve(folder, "mc.mjs"), ...args], {
      cwd: home,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "test",
        HOME: home,
        XDG_CONFIG_HOME: home,
        XDG_STATE_HOME: home,
        ...env,
        ...more,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const said = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said.out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said.err += text;
    });
    const ended = new Promise<{ code: number; out: string; err: string }>((done) =>
      child.once("close", (code) => {
        running.delete(child);
        done({ code: code ?? -1, ...said });
      }),
    );
    return { process: child, out: () => said.out, err: () => said.err, ended };
  };

  return {
    home,
    start,
    run: (args, more) => start(args, more).ended,
    async close() {
      const last = [...running].map((child) => new Promise((done) => child.once("exit", done)));
      for (const child of running) child.kill("SIGTERM");
      await Promise.all(last);
      await rm(home, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
