import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { mostNumbers } from "@/contracts/fleet/metric-name";
import { agentProtocol, type CommandMessage } from "@/contracts/wire/agent";
import { act, beginningOf } from "./actions";
import { Beats } from "./beats";
import type { Exit } from "./child";
import { Commands } from "./commands";
import { DoingTracker } from "./doing";
import { EarlierRuns } from "./earlier-runs";
import { durationWords, exitCodeOf, exitWords } from "./exits";
import { checkHealth } from "./health";
import type { Journal } from "./journal";
import { LastWord } from "./last-word";
import { markOf } from "./mark";
import type { Notices } from "./notices";
import { Numbers } from "./numbers";
import type { RunOptions } from "./options";
import { readOutput } from "./output";
import { processIdentity } from "./processes";
import { ResourceMeter, type ResourceUse } from "./resources";
import { Session } from "./session";
import { Supervisor } from "./supervisor";
import { UntoldFile } from "./untold-file";

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
  private readonly doing = new DoingTracker(Date.now, () => this.beats?.soon());
  private readonly meter = new ResourceMeter(process.cwd());
  private readonly numbers = new Numbers(
    () => performance.now(),
    (name) => this.ports.notices.say(`at most ${mostNumbers} numbers are reported; "${name}" is not`),
  );
  private readonly session: Session;
  private readonly earlier: EarlierRuns;
  private readonly lastWord: LastWord;
  private beats: Beats | null = null;
  /** Why the server will not have us; null while it may. */
  private refusal: string | null = null;
  private lastUse: ResourceUse = {};
  private paused = false;
  private over = false;
  /** Nothing is told any more. */
  private gone = false;
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
    const untold = new UntoldFile(options.stateFolder);
    this.session = new Session(options.url, {
      sessionId: randomUUID(),
      hostname: hostname(),
      version: `mc-run/${agentProtocol}`,
      pid: process.pid,
      commandLine: options.command.join(" "),
    });
    this.earlier = new EarlierRuns(untold, this.session, ports.notices);
    this.lastWord = new LastWord({
      session: this.session,
      file: untold,
      notices: ports.notices,
      tellForMs: options.tellForMs,
      link: () => this.session.link ?? this.earlier.link,
      refusal: () => this.refusal,
      openReports: () => this.openReports(),
      beforeEnd: () => this.beats?.stop(),
    });
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
          this.session.activities.add(
            "started",
            `Process ${child.pid} started`,
            options.command.join(" ").slice(0, 2_000),
          );
          for (const source of ["stdout", "stderr"] as const) this.read(child[source], source);
          void child.exited.then(() => ports.journal.childEnded(child.pid));
          const saidGoodbye = this.silent;
          this.silent = false;
          if (saidGoodbye) this.session.link?.connectAnew();
          else this.beats?.soon();
        },
        down: (_exit, next) => {
          this.doing.ended(next);
          this.beats?.soon();
        },
        activity: (kind, title, detail) => {
          this.session.activities.add(kind, title, detail);
          if (kind === "crashed") ports.notices.say(title);
        },
        finished: (exit) => void this.end(`The program ended ${exitWords(exit)}`, exit, exitCodeOf(exit)),
      },
    );
  }

  /** The key is known now: tells what earlier runs left, connects, and stays connected until the end. */
  async connect(key: string): Promise<void> {
    const { notices, journal } = this.ports;
    const access = { key, tls: this.options.tls };
    this.refusal = null;
    const line = {
      lost: (reason: string) => {
        this.beats?.stop();
        if (!this.over) notices.say(`connection lost (${reason}); the program keeps running, trying again`);
      },
      refused: (code: string, message: string) => {
        if (code !== "unavailable") this.refused(code);
        notices.say(`Mission Control refused us (${code}): ${message}`);
      },
      welcome: () => {
        this.refusal = null;
      },
    };
    await this.earlier.tell(access, line);
    if (this.gone) return;
    const link = this.session.open(access, {
      ...line,
      welcome: (welcome) => {
        line.welcome();
        notices.say(`connected to ${this.options.url} as "${welcome.name}"`);
        if (this.silent) void this.sayWaits();
        else if (!this.session.end) this.beats?.start(welcome.nextBeatMs);
      },
      command: (command) => commands.receive(command),
      linesRefused: (message) => notices.say(`log lines were refused: ${message}`),
    });
    const commands = new Commands(journal, link, {
      beginning: (command) => beginningOf(command, this.options.graceMs),
      act: (command) => this.act(command),
      // A kill ends what was told to end and takes its time.
      mayBegin: ({ kind }) => !this.over || (kind === "kill" && !this.lastWord.begun),
      finished: (command) => {
        if (command.kind === "kill") void this.afterKill();
      },
    });
    this.beats = new Beats(link, { measure: () => this.measure(), doing: (cpu) => this.report(cpu) });
    commands.resume();
  }

  /** It will not have us, whatever we wait for, until a person does something about it. */
  refused(why: string): void {
    this.refusal = why;
  }

  /** Ctrl-C: the program ends first, then we say goodbye. Of one that has ended it ends the telling. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    if (this.lastWord.begun) return this.lastWord.hurry();
    if (this.over) return;
    this.over = true;
    this.ports.notices.say(`${signal}: the program has ${durationWords(this.options.graceMs)} to end`);
    const exit = await this.supervisor.close();
    const code = exit ? exitCodeOf(exit) : 0;
    await this.conclude(`Its supervisor was told to end (${signal})`, exit, code);
  }

  /** There was no program to run, which is told like a crash. */
  async neverStarted(why: string, code: number): Promise<void> {
    this.session.activities.add("crashed", "Could not be started", why);
    await this.end(why, { code, signal: null }, code);
  }

  /** Somebody is impatient: the program is killed, its end is left to the next run. */
  abandon(): void {
    if (this.lastWord.begun) {
      this.lastWord.hurry();
      return;
    }
    this.supervisor.child?.signal("SIGKILL");
    this.gone = true;
    this.lastWord.hurry();
    this.lastWord.giveUp({
      at: Date.now(),
      reason: "Killed: its supervisor was told to end twice",
      exitCode: null,
      signal: "SIGKILL",
    });
    this.finish(killedCode);
  }

  private read(stream: Parameters<typeof readOutput>[0], source: "stdout" | "stderr"): void {
    readOutput(stream, source, {
      backlog: this.session.backlog,
      connected: () => this.session.link?.ready ?? false,
      directive: (directive) => {
        if (directive.kind === "metric") this.numbers.set(directive.name, directive.value);
        else this.doing.directive(directive);
      },
      line: (text) => {
        this.doing.line(text);
        this.ports.echo(text, source);
        this.session.poke();
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

  /** Commands that were begun and whose end the server does not know. */
  private openReports(): number {
    return this.ports.journal.open.filter(({ step }) => step !== "acknowledged").length;
  }

  /** A killed program stays down, and so do we: whoever wants it again starts it again. With `--stay` we wait for a restart. */
  private async afterKill(): Promise<void> {
    if (this.options.stay && !this.over) {
      this.silent = true;
      this.beats?.stop();
      return this.sayWaits();
    }
    await this.end("Killed on command", { code: null, signal: "SIGKILL" }, killedCode);
  }

  /** Over each new connection again, since the server takes a connection for a return. A restart or the end overtakes it. */
  private async sayWaits(): Promise<void> {
    const hurried = () => !this.silent || this.over;
    await this.session.told({ openReports: () => this.openReports(), hurried });
    await this.session.bye({ reason: "Killed on command; waits for a restart" }, hurried);
  }

  private async end(reason: string, exit: Pick<Exit, "code" | "signal"> | null, code: number): Promise<void> {
    if (this.over) return;
    this.over = true;
    void this.supervisor.close();
    await this.conclude(reason, exit, code);
  }

  private async conclude(
    reason: string,
    exit: Pick<Exit, "code" | "signal"> | null,
    code: number,
  ): Promise<void> {
    if (this.gone) return;
    const end = { at: Date.now(), reason, exitCode: exit?.code ?? null, signal: exit?.signal ?? null };
    await this.lastWord.tell(end);
    this.gone = true;
    this.beats?.stop();
    this.earlier.stop();
    this.session.close();
    this.finish(code);
  }
}
