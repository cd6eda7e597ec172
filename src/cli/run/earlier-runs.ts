import type { Link } from "./link";
import type { Notices } from "./notices";
import { type Access, Session, type SessionEvents } from "./session";
import { type Untold, untoldWords } from "./untold";
import type { UntoldFile } from "./untold-file";

type LineEvents = Pick<SessionEvents, "welcome" | "lost" | "refused">;

/** Tries in a row after which no less of an earlier run is left: the present run counts more. */
const mostStalls = 3;
/** After so many earlier runs that could not be told, the others wait, too: it is hardly for what is in them. */
const mostLeft = 2;

/**
 * What runs before this one could not tell is told in order, each under its own session, before the present session
 * connects: so the log of facts is in the order in which it happened.
 */
export class EarlierRuns {
  private current: Session | null = null;
  private stopped = false;

  constructor(
    private readonly file: UntoldFile,
    private readonly present: Session,
    private readonly notices: Notices,
  ) {}

  /** The connection that is used or made now. */
  get link(): Link | null {
    return this.current?.link ?? null;
  }

  /** Settles when there is nothing more that can be told. */
  async tell(access: Access, events: LineEvents): Promise<void> {
    const { file, notices } = this;
    const { url, identity: own } = this.present;
    if (file.unreadable > 0) {
      const whose = file.unreadable === 1 ? "an earlier run" : `${file.unreadable} earlier runs`;
      notices.say(`what ${whose} left to tell can't be read: ${file.path} is damaged`);
    }
    // What is for another server waits until that one is given again; the present run, which may be over, tells itself.
    const mine = file.all.filter((kept) => kept.url === url && kept.identity.sessionId !== own.sessionId);
    if (mine.length > 0) {
      const lines = mine.reduce((sum, session) => sum + session.lines.length, 0);
      notices.say(`tells first what earlier runs could not: ${untoldWords(lines, mine.length)}`);
    }
    let left = 0;
    for (const kept of mine) {
      if (this.stopped || left >= mostLeft) break;
      const session = new Session(url, kept.identity, kept);
      const settled = await this.tellOne(kept, session, access, events);
      session.close();
      this.current = null;
      if (this.stopped && !settled) return;
      this.note(session, settled ? null : kept.end);
      if (!settled) left += 1;
    }
    if (left > 0) notices.say(`${url} does not take all of it now: the next run tries it again`);
  }

  /** Ends it; what is not told stays in the file. */
  stop(): void {
    this.stopped = true;
    this.current?.close();
  }

  /** Whether it is settled: told, or nobody's to tell. */
  private async tellOne(
    kept: Untold,
    session: Session,
    access: Access,
    events: LineEvents,
  ): Promise<boolean> {
    const { notices } = this;
    let isStrangers = false;
    const link = session.open(access, {
      ...events,
      welcome: (welcome) => {
        events.welcome(welcome);
        isStrangers = kept.agentId !== null && kept.agentId !== welcome.agentId;
        if (isStrangers) link.close();
      },
      command: () => {},
      linesRefused: (message) => notices.say(`log lines of an earlier run were refused: ${message}`),
    });
    this.current = session;
    for (let stalls = 0; stalls < mostStalls && !link.closed; ) {
      await link.whenReady();
      const before = session.left;
      if (await session.conclude(kept.end, { hurried: () => link.closed })) return true;
      // Also when the connection broke: it may be for what was said over it.
      stalls = session.left < before ? 0 : stalls + 1;
    }
    if (isStrangers)
      notices.say("what an earlier run left to tell is dropped: the key is another agent's now");
    return isStrangers;
  }

  private note(session: Session, end: Session["end"]): void {
    try {
      if (end) this.file.keep(session.untold(end));
      else this.file.forget(session.identity.sessionId);
    } catch (error) {
      this.notices.say(`the state folder can't be written: ${String(error)}`);
    }
  }
}
