import { setTimeout as sleep } from "node:timers/promises";
import type { Bye } from "@/contracts/wire/agent";
import { Activities } from "./activities";
import { Backlog } from "./backlog";
import { latenessOf } from "./lateness";
import { isDefinite, Link, type LinkEvents, type LinkOptions } from "./link";
import { LogSender } from "./log-sender";
import type { SessionEnd, SessionIdentity, Untold } from "./untold";

/** What is still to be told is given up when the server takes nothing of it for this long. */
const stalledAfterMs = 5_000;
const byeMs = 2_000;
const byeAgainMs = 250;
const lookEveryMs = 20;

export type Access = Pick<LinkOptions, "key" | "tls">;
export type SessionEvents = LinkEvents & {
  linesRefused(message: string): void;
};
type Telling = {
  /** Reports that others send over the link, and that are not answered yet. */
  openReports?: () => number;
  /** All but the end is told. */
  beforeEnd?: () => void;
  /** True: somebody wants to be gone. */
  hurried?: () => boolean;
};

/** One run of the program as the server sees it: what it has to tell, and the link that it is told over. */
export class Session {
  readonly backlog: Backlog;
  readonly activities: Activities;
  link: Link | null = null;
  /** Once it is over. */
  end: SessionEnd | null;
  private agentId: string | null;
  private logs: LogSender | null = null;

  constructor(
    readonly url: string,
    readonly identity: SessionIdentity,
    earlier?: Untold,
  ) {
    this.backlog = earlier ? Backlog.of(earlier) : new Backlog();
    this.activities = new Activities(() => this.link, earlier?.activities);
    this.agentId = earlier?.agentId ?? null;
    this.end = earlier?.end ?? null;
  }

  /** Connects, and stays connected until the link is closed. Who closes it at the welcome has nothing told. */
  open({ key, tls }: Access, events: SessionEvents): Link {
    const { url, identity } = this;
    const link = new Link(
      { url, key, tls, identity, endedAt: () => this.end?.at },
      {
        ...events,
        welcome: (welcome) => {
          events.welcome(welcome);
          if (link.closed) return;
          this.agentId = welcome.agentId;
          this.backlog.forget(welcome.logsThrough);
          this.logs?.poke();
          this.activities.poke();
        },
      },
    );
    this.link = link;
    this.logs = new LogSender(this.backlog, link, events.linesRefused);
    link.open();
    return link;
  }

  /** There are new lines. */
  poke(): void {
    this.logs?.poke();
  }

  close(): void {
    this.logs?.stop();
    this.link?.close();
  }

  /** What the next run has to tell if this one can't; there must be an end. */
  untold(end: SessionEnd): Untold {
    const { url, agentId, identity } = this;
    return { url, agentId, identity, end, ...this.backlog.waiting, activities: this.activities.untold };
  }

  /** Lines and activities that are not at the server; that some lines are missing counts as one. */
  get left(): number {
    const { backlog, activities } = this;
    return backlog.size + (backlog.empty ? 0 : 1) + activities.size;
  }

  /** Until lines, activities and reports are at the server, or the connection broke, or it takes no more of them. */
  async told({ openReports = () => 0, hurried = () => false }: Telling = {}): Promise<void> {
    const open = () => this.left + openReports();
    let least = open();
    let until = performance.now() + stalledAfterMs;
    while (least > 0 && this.link?.ready && !hurried() && performance.now() < until) {
      this.logs?.poke();
      await sleep(lookEveryMs);
      if (open() >= least) continue;
      least = open();
      until = performance.now() + stalledAfterMs;
    }
  }

  /** Tells all that is left, the end last. False: it is not told, or nobody knows whether it is. */
  async conclude(end: SessionEnd, telling: Telling = {}): Promise<boolean> {
    const { hurried = () => false } = telling;
    await this.told(telling);
    // Reports that are still open are no reason to hold the end back: they are in the journal.
    if (this.left > 0 || !this.link?.ready) return false;
    telling.beforeEnd?.();
    const late = latenessOf(end.at);
    const { exitCode, signal } = end;
    return this.bye({ reason: late ? `${end.reason}, ${late}` : end.reason, exitCode, signal }, hurried);
  }

  /** Says goodbye, again for a while when it is not answered. False: nobody knows whether it was heard. */
  async bye(bye: Bye, hurried = () => false): Promise<boolean> {
    for (const until = performance.now() + stalledAfterMs; !hurried() && performance.now() < until; ) {
      const answer = await this.link?.ask<{ ok: true }>("bye", bye, byeMs);
      if (answer && isDefinite(answer)) return true;
      if (!this.link?.ready) return false;
      await sleep(answer?.ok === false ? (answer.error.retryAfterMs ?? byeAgainMs) : byeAgainMs);
    }
    return false;
  }
}
