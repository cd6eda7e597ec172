import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { processIdentity, signalGroup } from "@/cli/run/processes";
import { eventually } from "@/testing/eventually";

/** A start of the program, as it wrote it down itself. */
export type Start = { supervisor: number; pid: number };

/** Says who started it, then takes a moment to end, so that a restart has a middle. */
const program = `echo "$PPID $$" >> "$MC_TEST_STARTS"
trap 'sleep 0.2; exit 0' TERM
while :; do sleep 0.05; done`;
/** Takes a moment as well, and counts itself. */
const health = 'sleep 0.2; echo done >> "$MC_TEST_HEALTH"';

/** `mc run` with a folder of its own, and a program whose starts and health checks can be counted from outside. */
export class SupervisedProgram {
  private child: ChildProcess | null = null;
  private printed = "";
  private closed = false;

  private constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly folder: string,
  ) {}

  static async make(url: string, key: string): Promise<SupervisedProgram> {
    const folder = await mkdtemp(join(tmpdir(), "mc-chaos-agent-"));
    for (const file of ["starts", "health"]) await appendFile(join(folder, file), "");
    return new SupervisedProgram(url, key, folder);
  }

  get output(): string {
    return this.printed;
  }

  start(): void {
    // A story that goes on after another one has failed must start nothing that nobody ends.
    if (this.closed) throw new Error("This program is closed: nothing is started any more.");
    const options = ["--url", this.url, "--state-dir", join(this.folder, "state"), "--grace", "5s"];
    const child = spawn(
      process.execPath,
      [resolve("dist/mc.mjs"), "run", ...options, "--health", health, "--", "sh", "-c", program],
      {
        env: {
          ...process.env,
          MC_AGENT_KEY: this.key,
          MC_TEST_STARTS: join(this.folder, "starts"),
          MC_TEST_HEALTH: join(this.folder, "health"),
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const keep = (chunk: Buffer) => {
      this.printed = (this.printed + chunk.toString()).slice(-20_000);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    this.child = child;
  }

  /** `kill -9` of the supervisor alone: its program goes on, an orphan. */
  async killSupervisor(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }

  async starts(): Promise<Start[]> {
    const rows = (await readFile(join(this.folder, "starts"), "utf8")).split("\n").filter(Boolean);
    return rows.map((row) => {
      const [supervisor, pid] = row.split(" ").map(Number);
      return { supervisor: supervisor ?? 0, pid: pid ?? 0 };
    });
  }

  async healthChecks(): Promise<number> {
    return (await readFile(join(this.folder, "health"), "utf8")).split("\n").filter(Boolean).length;
  }

  /** Programs that run now; a zombie does not. */
  async living(): Promise<Start[]> {
    return (await this.starts()).filter(({ pid }) => processIdentity(pid) !== undefined);
  }

  /** How far the supervisor's journal says the command is; null when it is not in it. */
  async step(commandId: string): Promise<string | null> {
    const text = await readFile(join(this.folder, "state", "journal.jsonl"), "utf8").catch(() => "");
    const mine = text.split("\n").filter((line) => line.includes(commandId) && line.endsWith("}"));
    const last = mine.at(-1);
    return last ? (JSON.parse(last) as { step: string }).step : null;
  }

  /** Waits until the journal says this step. */
  async reaches(commandId: string, step: string): Promise<void> {
    await eventually(async () => (await this.step(commandId)) === step, { everyMs: 2, timeoutMs: 15_000 });
  }

  /** Ends the supervisor and whatever it, or one that was killed before, has left: a broken story leaves an orphan. */
  async close(): Promise<void> {
    this.closed = true;
    await this.killSupervisor("SIGTERM");
    for (const { pid } of await this.living()) signalGroup(pid, "SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }
}
