import { closeSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceDurably } from "./durable-file";
import { type Lost, type Untold, untoldSchema, withinLimits } from "./untold";

/**
 * What runs of this agent could not tell, oldest first, a JSON line each, in the state folder. The file is only ever
 * replaced as a whole, and only by who holds the folder's lock. A line that can't be read is passed over and counted.
 */
export class UntoldFile {
  /** Runs whose line in the file could not be read. */
  unreadable = 0;
  readonly path: string;
  private sessions: Untold[];

  constructor(folder: string) {
    this.path = join(folder, "untold.jsonl");
    this.sessions = this.read();
  }

  get all(): readonly Untold[] {
    return this.sessions;
  }

  /**
   * Keeps a session, in place of what was kept of it before. Answers it as far as it fits, and what of others had to make
   * room for it. Throws the system's error.
   */
  keep(session: Untold): { kept: Untold; lost: Lost } {
    const { sessionId } = session.identity;
    const sameAt = this.sessions.findIndex(({ identity }) => identity.sessionId === sessionId);
    const all = sameAt < 0 ? [...this.sessions, session] : this.sessions.with(sameAt, session);
    const { kept, lost } = withinLimits(all);
    this.write(kept);
    const own = kept.find(({ identity }) => identity.sessionId === sessionId) ?? session;
    const ownActivities = session.activities.length - own.activities.length;
    return {
      kept: own,
      lost: {
        ...lost,
        lines: lost.lines - (own.dropped - session.dropped),
        activities: lost.activities - ownActivities,
      },
    };
  }

  /** It was told. Throws the system's error; then it is told again by the next run, which is harmless. */
  forget(sessionId: string): void {
    const rest = this.sessions.filter(({ identity }) => identity.sessionId !== sessionId);
    if (rest.length < this.sessions.length) this.write(rest);
  }

  private write(sessions: Untold[]): void {
    this.sessions = sessions;
    if (sessions.length === 0) rmSync(this.path, { force: true });
    else
      closeSync(
        replaceDurably(this.path, sessions.map((session) => `${JSON.stringify(session)}\n`).join("")),
      );
  }

  private read(): Untold[] {
    let text = "";
    try {
      text = readFileSync(this.path, "utf8");
    } catch {
      // There is none, as a rule; one that may not be read is no reason to keep the program from running.
    }
    return text.split("\n").flatMap((line) => {
      if (line === "") return [];
      try {
        return [untoldSchema.parse(JSON.parse(line))];
      } catch {
        this.unreadable += 1;
        return [];
      }
    });
  }
}
