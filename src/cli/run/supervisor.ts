import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "./backoff";
import { Child, type Exit } from "./child";
import { durationWords, exitWords } from "./exits";

export const restartPolicies = ["on-failure", "always", "never"] as const;
export type RestartPolicy = (typeof restartPolicies)[number];

export type SupervisorEvents = {
  /** A process is about to be started; answers what its environment gets besides. */
  starting(): Record<string, string>;
  /** A new process runs. */
  started(child: Child): void;
  /** No process runs now; `next` says what comes, in words for people. */
  down(exit: Exit, next: string): void;
  activity(kind: "started" | "exited" | "crashed" | "restarted", title: string, detail?: string): void;
  /** It has ended for good, by itself and by the policy. */
  finished(exit: Exit): void;
};

export type SupervisorOptions = {
  command: readonly string[];
  env: NodeJS.ProcessEnv;
  policy: RestartPolicy;
  graceMs: number;
  backoff?: Backoff;
};

/** A program that lived this long counts as healthy: its next crash is answered quickly again. */
const healthyMs = 30_000;
/** After a restart on command, the new process must live this long. */
const provenMs = 500;

/** Keeps one program running: one process at a time, ended with its whole group, started anew by policy or on command. */
export class Supervisor {
  child: Child | null = null;
  /** Nothing is started any more: nobody would be there to look after it. */
  private closed = false;
  /** Set while somebody ends the process on purpose: its end is then no crash. */
  private ending = false;
  /** Counts starts and stops: a start that was overtaken while the system made its process takes that one back. */
  private turn = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly backoff: Backoff;

  constructor(
    private readonly options: SupervisorOptions,
    private readonly events: SupervisorEvents,
  ) {
    this.backoff = options.backoff ?? new Backoff(500, 30_000);
  }

  /** Rejects with the system's error when the program cannot be started at all. */
  async start(): Promise<Child> {
    if (this.closed) throw new Error("its supervisor ends");
    this.ending = false;
    const turn = ++this.turn;
    const child = await Child.spawn(this.options.command, { ...this.options.env, ...this.events.starting() });
    if (turn !== this.turn) {
      await child.end(0);
      throw new Error("it was told to stop while it started");
    }
    this.child = child;
    this.events.started(child);
    void child.exited.then((exit) => this.ended(child, exit));
    return child;
  }

  /** Ends the process and starts none again, whoever asks: a restart that was under way, or comes later. */
  close(): ReturnType<Supervisor["stop"]> {
    this.closed = true;
    return this.stop();
  }

  /** Ends the process, until somebody starts it again. Null when none ran. */
  async stop(graceMs = this.options.graceMs): Promise<(Exit & { forced: boolean }) | null> {
    clearTimeout(this.timer);
    this.turn += 1;
    this.ending = true;
    return (await this.child?.end(graceMs)) ?? null;
  }

  /** Ends the process and starts a new one. Answers how it went, in words for the command's message. */
  async restart(graceMs = this.options.graceMs): Promise<{ ok: boolean; message: string }> {
    const beganMs = performance.now();
    const stopping = this.stop(graceMs);
    const turn = this.turn;
    const exit = await stopping;
    const tookMs = performance.now() - beganMs;
    const how = !exit
      ? "It was not running"
      : exit.forced
        ? `Did not end within ${durationWords(graceMs)} and was killed`
        : `Ended ${exitWords(exit)} in ${durationWords(tookMs)}`;
    // Whoever stopped it meanwhile has seen it end and may be gone already: a new one would be nobody's.
    if (turn !== this.turn) return { ok: false, message: `${how}; it was stopped meanwhile.` };
    const child = await this.startAgain();
    if (typeof child === "string")
      return { ok: false, message: `${how}; a new process could not be started: ${child}.` };
    this.events.activity("restarted", "Restarted on command", how);
    const early = await Promise.race([child.exited, sleep(provenMs, null)]);
    if (early)
      return {
        ok: false,
        message: `${how}; the new process ended ${exitWords(early)} after ${durationWords(early.livedMs)}.`,
      };
    return { ok: true, message: `${how}; process ${child.pid} runs now.` };
  }

  /** A process, or why there is none; then it is tried again later, as after a crash. */
  private async startAgain(): Promise<Child | string> {
    try {
      return await this.start();
    } catch (error) {
      if (this.ending) return "it was stopped meanwhile";
      const reason = error instanceof Error ? error.message : String(error);
      const waitMs = this.backoff.next();
      this.events.activity("crashed", "Could not be started", reason);
      this.events.down(
        { code: 127, signal: null, livedMs: 0 },
        `Cannot be started, next try in ${durationWords(waitMs)}`,
      );
      this.timer = setTimeout(() => void this.startAgain(), waitMs);
      return reason;
    }
  }

  private ended(child: Child, exit: Exit): void {
    if (this.child === child) this.child = null;
    if (this.ending) {
      this.events.activity("exited", `Ended ${exitWords(exit)}, as asked`);
      this.events.down(exit, "Stopped");
      return;
    }
    const failed = exit.code !== 0;
    const title = failed ? `Crashed ${exitWords(exit)}` : "Ended by itself with code 0";
    this.events.activity(failed ? "crashed" : "exited", title, `It ran for ${durationWords(exit.livedMs)}.`);
    const again = this.options.policy === "always" || (failed && this.options.policy === "on-failure");
    if (!again) {
      this.events.down(exit, title);
      this.events.finished(exit);
      return;
    }
    if (exit.livedMs >= healthyMs) this.backoff.reset();
    const waitMs = this.backoff.next();
    this.events.down(exit, `${title}, starts again in ${durationWords(waitMs)}`);
    this.timer = setTimeout(() => void this.comeBack(), waitMs);
  }

  private async comeBack(): Promise<void> {
    const child = await this.startAgain();
    if (typeof child !== "string")
      this.events.activity("restarted", "Started again by its supervisor", `Process ${child.pid}.`);
  }
}
