import type { ReportedState } from "@/contracts/fleet/status";
import { cutText } from "@/contracts/kernel/text";
import type { Directive as Told } from "./directives";

type Directive = Exclude<Told, { kind: "metric" }>;

/** Output this recent, or CPU above this, means "working" for a program that does not say so itself. */
const recentOutputMs = 10_000;
const busyCpuPercent = 2;
const guessedTaskLength = 120;
const toldTaskLength = 300;

/** What goes into a beat: the state, when the program last got on, and a line on what it does. */
export type Doing = { state: ReportedState; progressAt: number; task: string | null };

/**
 * What the program is doing: as it tells by `::mc` lines, otherwise guessed from output and CPU. A new program
 * begins from nothing, so that the word of the one before it is never shown as its own.
 */
export class DoingTracker {
  private told: { state?: ReportedState; task?: string; progress?: boolean } = {};
  private lastLine = "";
  private lastOutputAt = Number.NEGATIVE_INFINITY;
  private progressAt: number;
  private down: string | null = null;

  constructor(
    private readonly now: () => number,
    private readonly onStateTold: () => void = () => {},
  ) {
    this.progressAt = now();
  }

  started(): void {
    this.told = {};
    this.lastLine = "";
    this.down = null;
    this.progressAt = this.now();
  }

  /** The program does not run: `why` is shown in place of its task. */
  ended(why: string): void {
    this.down = why;
  }

  /** Every line of output is progress, unless the program tells progress itself: then only that counts. */
  line(text: string): void {
    this.lastLine = text;
    this.lastOutputAt = this.now();
    if (!this.told.progress) this.progressAt = this.now();
  }

  directive(directive: Directive): void {
    if (directive.kind === "state") {
      const changed = this.told.state !== directive.state;
      this.told.state = directive.state;
      if (changed) {
        this.progressAt = this.now();
        this.onStateTold();
      }
      return;
    }
    if (directive.kind === "progress") this.told.progress = true;
    else this.told.task = directive.text;
    this.progressAt = this.now();
  }

  /** `cpuPercent` of the process tree, null when unknown. */
  report(cpuPercent: number | null): Doing {
    if (this.down !== null) return { state: "idle", progressAt: this.progressAt, task: this.down };
    const busy = (cpuPercent ?? 0) > busyCpuPercent;
    if (busy && this.told.state === undefined) this.progressAt = this.now();
    const active = busy || this.now() - this.lastOutputAt < recentOutputMs;
    const task = this.told.task ?? cutText(this.lastLine.trim(), guessedTaskLength);
    return {
      state: this.told.state ?? (active ? "working" : "idle"),
      progressAt: this.progressAt,
      task: task === "" ? null : cutText(task, toldTaskLength),
    };
  }
}
