import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { signalGroup } from "./processes";

/** How a process ended: exactly one of `code` and `signal` is set. */
export type Exit = { code: number | null; signal: NodeJS.Signals | null; livedMs: number };

/** After its leader, the rest of a group gets at most this long to end by itself. */
const stragglersMs = 1_000;
/** How long we wait for the last output once the leader is gone: a grandchild may hold the pipes open. */
const lastOutputMs = 1_000;

/** A running program, leader of its own process group, with what it writes. */
export class Child {
  readonly startedAt = Date.now();
  /** Settles when the leader is gone and its last output was read. Never rejects. */
  readonly exited: Promise<Exit>;
  running = true;
  private readonly startedMs = performance.now();

  private constructor(
    private readonly process: ChildProcessByStdio<null, Readable, Readable>,
    readonly pid: number,
  ) {
    this.exited = this.watch();
  }

  get stdout(): Readable {
    return this.process.stdout;
  }
  get stderr(): Readable {
    return this.process.stderr;
  }

  /** Rejects with the system's error when the program cannot be started. */
  static async spawn(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Child> {
    const [file = "", ...args] = command;
    const started = spawn(file, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    // `exit` may come before anybody could listen to it, so the listeners are in place at once.
    const child = started.pid === undefined ? undefined : new Child(started, started.pid);
    await once(started, "spawn");
    if (!child) throw new Error(`${file} was started without a process id`);
    return child;
  }

  /** False when the group is gone. */
  signal(signal: NodeJS.Signals): boolean {
    return signalGroup(this.pid, signal);
  }

  /** SIGTERM to the group, SIGKILL to what is left after `graceMs`. A stopped group is continued, or it could not end. */
  async end(graceMs: number): Promise<Exit & { forced: boolean }> {
    const endedInTime = this.left().then(() => true);
    if (this.running) {
      this.signal("SIGTERM");
      this.signal("SIGCONT");
    }
    const forced = !(await Promise.race([endedInTime, sleep(graceMs)]));
    if (forced) this.signal("SIGKILL");
    return { ...(await this.exited), forced };
  }

  private async watch(): Promise<Exit> {
    const closed = once(this.process, "close");
    const [code, signal] = (await once(this.process, "exit")) as [number | null, NodeJS.Signals | null];
    this.running = false;
    const livedMs = Math.round(performance.now() - this.startedMs);
    await this.clearGroup();
    await Promise.race([closed, sleep(lastOutputMs)]);
    return { code, signal, livedMs };
  }

  private left(): Promise<unknown> {
    return this.running ? once(this.process, "exit") : Promise.resolve();
  }

  /** What the leader leaves behind would hold ports and files of the next one. */
  private async clearGroup(): Promise<void> {
    if (!this.signal("SIGTERM")) return;
    for (const until = performance.now() + stragglersMs; performance.now() < until; ) {
      if (!signalGroup(this.pid, 0)) return;
      await sleep(20);
    }
    this.signal("SIGKILL");
  }
}
