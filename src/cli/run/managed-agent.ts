import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { mostNumbers } from "@/contracts/fleet/metric-name";
import { agentProtocol, type CommandMessage } from "@/contracts/wire/agent";
import { act, beginningOf } from "./actions";
import { Activities } from "./activities";
import { Backlog } from "./backlog";
import { Beats } from "./beats";
import type { Exit } from "./child";
import { Commands } from "./commands";
import { DoingTracker } from "./doing";
import { exitCodeOf, exitWords } from "./exits";
import { checkHealth } from "./health";
import type { Journal } from "./journal";
import { Link } from "./link";
import { LogSender } from "./log-sender";
import { markOf } from "./mark";
import type { Notices } from "./notices";
import { Numbers } from "./numbers";
import type { RunOptions } from "./options";
import { readOutput } from "./output";
import { processIdentity } from "./processes";
import { ResourceMeter, type ResourceUse } from "./resources";
import { Supervisor } from "./supervisor";

/** At the end, what is still to be told is given up when the server takes nothing of it for this long. */
const drainMs = 5_000;
const byeMs = 2_000;
/** As a shell tells it: 128 + SIGKILL. */
const killedCode = 137;

export type Ports = {
  journal: Journal;
  notices: Notices;
  echo: (text: string, source: "stdout" | "stderr") => void;
};

/** One program under supervision and its agent's side of the protocol. Works without a connection from the start. */
export class ManagedAgent {
  /** Settles with our own exit code once all is over. */
  readonly finished: Promise<number>;
  readonly supervisor: Supervisor;
  private readonly env: NodeJS.ProcessEnv;
  private readonly backlog = new Backlog();
  private readonly doing = new DoingTracker(Date.now, () => this.beats?.soon());
  private readonly meter = new ResourceMeter(process.cwd());
  private readonly numbers = new Numbers(
    () => performance.now(),
    (name) => this.ports.notices.say(`at most ${mostNumbers} numbers are reported; "${name}" is not`),
  );
  private readonly activities = new Activities(() => this.link);
  private link: Link | null = null;
  private beats: Beats | null = null;
  private logs: LogSender | null = null;
  private lastUse: ResourceUse = {};
  private paused = false;
  private over = false;
  /** Killed on command and told to stay: connected without a beat, until a restart. */
  private silent = false;
  private finish: (code: number) => void = () => {};

  constructor(
    private readonly options: RunOptions,
    private readonly ports: Ports,
  ) {
    this.finished = new Promise((resolve) => {
      this.finish = resolve;
    });
    const { MC_AGENT_KEY: _key, MC_AGENT_CERT: _cert, MC_JOIN_TOKEN: _token, ...env } = process.env;
    this.env = { ...env, MC_AGENT: "1" };
    this.supervisor = new Supervisor(
      { command: options.command, env: this.env, policy: options.policy, graceMs: options.graceMs },
      {
        starting: () => {
          const mark = randomUUID();
          ports.journal.childIntended(mark);
          return markOf(mark);
        },
        started: (child) => {
          ports.journal.childStarted(child.pid, processIdentity(child.pid) ?? "");
          this.doing.started();
          this.numbers.forget();
          this.activities.add(
            "started",
            `Process ${child.pid} started`,
            options.command.join(" ").slice(0, 2_000),
          );
          for (const source of ["stdout", "stderr"] as const) this.read(child[source], source);
          void child.exited.then(() => ports.journal.childEnded(child.pid));
          const saidGoodbye = this.silent;
          this.silent = false;
          if (saidGoodbye) this.link?.connectAnew();
          else this.beats?.soon();
        },
        down: (_exit, next) => {
          this.doing.ended(next);
          this.beats?.soon();
        },
        activity: (kind, title, detail) => {
          this.activities.add(kind, title, detail);
          if (kind === "crashed") ports.notices.say(title);
        },
        finished: (exit) => void this.end(`The program ended ${exitWords(exit)}`, exit, exitCodeOf(exit)),
      },
    );
  }

  /** The key is known now: connects, and stays connected until the end. */
  connect(key: string): void {
    const { notices, journal } = this.ports;
    const identity = {
      sessionId: randomUUID(),
      hostname: hostname(),
      version: `mc-run/${agentProtocol}`,
      pid: process.pid,
      commandLine: this.options.command.join(" "),
    };
    const link = new Link(
      { url: this.options.url, key, tls: this.options.tls, identity },
      {
        welcome: (welcome) => {
          notices.say(`connected to ${this.options.url} as "${welcome.name}"`);
          this.backlog.forget(welcome.logsThrough);
          this.logs?.poke();
          this.activities.poke();
          if (!this.silent) this.beats?.start(welcome.nextBeatMs);
        },
        command: (command) => commands.receive(command),
        lost: (reason) => {
          this.beats?.stop();
          if (!this.over) notices.say(`connection lost (${reason}); the program keeps running, trying again`);
        },
        refused: (code, message) => notices.say(`Mission Control refused us (${code}): ${message}`),
      },
    );
    const commands = new Commands(journal, link, {
      beginning: (command) => beginningOf(command, this.options.graceMs),
      act: (command) => this.act(command),
      finished: (command) => {
        if (command.kind === "kill") void this.afterKill();
      },
    });
    this.link = link;
    this.beats = new Beats(link, { measure: () => this.measure(), doing: (cpu) => this.report(cpu) });
    this.logs = new LogSender(this.backlog, link, (message) =>
      notices.say(`log lines were refused: ${message}`),
    );
    link.open();
    commands.resume();
    this.activities.poke();
  }

  /** Ctrl-C: the program ends first, then we say goodbye. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    if (this.over) return;
    this.over = true;
    const exit = await this.supervisor.stop();
    const code = exit ? exitCodeOf(exit) : 0;
    this.over = false;
    await this.end(`Its supervisor was told to end (${signal})`, exit, code);
  }

  /** Ends without asking anybody. */
  abandon(): void {
    this.supervisor.child?.signal("SIGKILL");
    this.finish(killedCode);
  }

  private read(stream: Parameters<typeof readOutput>[0], source: "stdout" | "stderr"): void {
    readOutput(stream, source, {
      backlog: this.backlog,
      connected: () => this.link?.ready ?? false,
      directive: (directive) => {
        if (directive.kind === "metric") this.numbers.set(directive.name, directive.value);
        else this.doing.directive(directive);
      },
      line: (text) => {
        this.doing.line(text);
        this.ports.echo(text, source);
        this.logs?.poke();
      },
    });
  }

  private async measure(): Promise<ResourceUse> {
    this.lastUse = await this.meter.sample(this.supervisor.child?.pid);
    const numbers = this.numbers.report();
    return numbers ? { ...this.lastUse, numbers } : this.lastUse;
  }

  private report(cpuPercent: number | null) {
    const doing = this.doing.report(cpuPercent);
    return this.paused ? { ...doing, state: "idle" as const } : doing;
  }

  private act(command: CommandMessage) {
    return act(command, {
      supervisor: this.supervisor,
      graceMs: this.options.graceMs,
      paused: (paused) => {
        this.paused = paused;
      },
      health: () =>
        checkHealth(this.supervisor.child, this.lastUse.memoryBytes, {
          command: this.options.health,
          env: this.env,
        }),
    });
  }

  /** A killed program stays down, and so do we: whoever wants it again starts it again. With `--stay` we wait for a restart. */
  private async afterKill(): Promise<void> {
    if (this.options.stay) {
      this.silent = true;
      this.beats?.stop();
      await this.told();
      await this.link?.ask("bye", { reason: "Killed on command; waits for a restart" }, byeMs);
      return;
    }
    await this.end("Killed on command", { code: null, signal: "SIGKILL" }, killedCode);
  }

  private async end(reason: string, exit: Pick<Exit, "code" | "signal"> | null, code: number): Promise<void> {
    if (this.over) return;
    this.over = true;
    await this.told();
    this.beats?.stop();
    const bye = { reason, exitCode: exit?.code ?? null, signal: exit?.signal ?? null };
    await this.link?.ask("bye", bye, byeMs);
    this.logs?.stop();
    this.link?.close();
    this.finish(code);
  }

  /** Until lines, activities and results are at the server, or it takes no more of them. */
  private async told(): Promise<void> {
    const open = () => this.backlog.size + this.activities.size + this.ports.journal.open.length;
    let least = open();
    let until = performance.now() + drainMs;
    while (least > 0 && this.link?.ready && performance.now() < until) {
      this.logs?.poke();
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (open() >= least) continue;
      least = open();
      until = performance.now() + drainMs;
    }
  }
}
