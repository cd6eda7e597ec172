import { setTimeout as sleep } from "node:timers/promises";
import { durationWords } from "./exits";
import type { Link } from "./link";
import type { Notices } from "./notices";
import type { Session } from "./session";
import { type Lost, type SessionEnd, type Untold, untoldLimits, untoldWords } from "./untold";
import type { UntoldFile } from "./untold-file";

const lookEveryMs = 20;
/** Telling that takes longer may be cut off by a kill: what is to be told is kept then. */
const keepAfterMs = 1_000;

type Parts = {
  session: Session;
  file: UntoldFile;
  notices: Notices;
  /** How long to wait for a connection. */
  tellForMs: number;
  /** The link that is being made, of this session or of one before it. */
  link(): Link | null;
  /** Why the server will not have us; null while it may. */
  refusal(): string | null;
  openReports(): number;
  beforeEnd(): void;
};

/**
 * The program has ended for good: tells what is left and the end itself. Without a connection it waits a while for one;
 * what it can't tell it keeps in the state folder for the next run: before the wait, and before telling itself becomes
 * one, so that nothing ends that.
 */
export class LastWord {
  private isHurried = false;
  private isBegun = false;
  private isKept = false;
  /** Why it can't be kept. */
  private trouble: Error | null = null;
  private lost: Lost = { lines: 0, activities: 0, ends: 0 };

  constructor(private readonly parts: Parts) {}

  /** The program has ended, and its end is being told. */
  get begun(): boolean {
    return this.isBegun;
  }

  /** Ends the wait at once. */
  hurry(): void {
    this.isHurried = true;
  }

  async tell(end: SessionEnd): Promise<void> {
    this.isBegun = true;
    this.parts.session.end = end;
    const slow = setTimeout(() => this.keep(end), keepAfterMs);
    await this.tellOrKeep(end);
    clearTimeout(slow);
  }

  private async tellOrKeep(end: SessionEnd): Promise<void> {
    const { session, tellForMs, openReports, beforeEnd } = this.parts;
    const until = performance.now() + tellForMs;
    const hurried = () => this.isHurried;
    let said = false;
    for (;;) {
      const { link } = session;
      if (link?.ready && (await session.conclude(end, { openReports, beforeEnd, hurried })))
        return this.told();
      if (!this.mayWait(until)) return this.giveUp(end);
      if (!said) this.sayWaiting(end);
      said = true;
      while (!session.link?.ready && this.mayWait(until)) {
        this.parts.link()?.hurry();
        await sleep(lookEveryMs);
      }
    }
  }

  /** Keeps what is left for the next run, and says so; nobody is waited for. */
  giveUp(end: SessionEnd): void {
    const { session, notices } = this.parts;
    const { lines, dropped, activities } = this.keep(end) ?? session.untold(end);
    const words = `${untoldWords(lines.length, 1)} ${lines.length > 0 ? "were" : "was"} not told: ${this.whyNot()}`;
    if (this.trouble) notices.say(`${words}; nor can it be kept for the next run: ${this.trouble.message}`);
    else notices.say(`${words}; kept in the state folder, the next run tells it first`);
    const cut = session.activities.size - activities.length;
    const missing = untoldWords(dropped + this.lost.lines, this.lost.ends, this.lost.activities + cut);
    const { lines: most, bytes, sessions } = untoldLimits;
    const room = `at most ${most} lines, ${bytes / 1024 / 1024} MiB and ${sessions} runs are kept`;
    if (missing) notices.say(`${missing} of before were not told and are lost: ${room}`);
  }

  private mayWait(until: number): boolean {
    return !this.isHurried && this.parts.refusal() === null && performance.now() < until;
  }

  private whyNot(): string {
    const refusal = this.parts.refusal();
    if (refusal) return `Mission Control refuses us (${refusal})`;
    if (this.isHurried) return "it was told to end at once";
    const { session } = this.parts;
    if (session.link?.ready) return `${session.url} takes no more now`;
    return `no connection to ${session.url}`;
  }

  private sayWaiting(end: SessionEnd): void {
    const { session, notices, tellForMs } = this.parts;
    this.keep(end);
    notices.say(
      `${end.reason}; ${this.whyNot()}: waits up to ${durationWords(tellForMs)} to tell ` +
        `${untoldWords(session.backlog.size, 1)} (Ctrl-C ends the wait)`,
    );
  }

  private keep(end: SessionEnd): Untold | null {
    try {
      const { kept, lost } = this.parts.file.keep(this.parts.session.untold(end));
      this.lost = {
        lines: this.lost.lines + lost.lines,
        activities: this.lost.activities + lost.activities,
        ends: this.lost.ends + lost.ends,
      };
      this.isKept = true;
      this.trouble = null;
      return kept;
    } catch (error) {
      this.trouble = error instanceof Error ? error : new Error(String(error));
      return null;
    }
  }

  private told(): void {
    if (!this.isKept) return;
    try {
      this.parts.file.forget(this.parts.session.identity.sessionId);
    } catch {
      // The next run tells it again, which is harmless.
    }
  }
}
