import { randomUUID } from "node:crypto";
import type { AgentActivity } from "@/contracts/wire/agent";
import { latenessOf } from "./lateness";
import { type Link, mostFailures } from "./link";

/** While the server is away, the newest are kept. */
const mostWaiting = 200;

/** What happened to the program, told in order; each is repeated under its id until the server has it. */
export class Activities {
  private busy = false;

  constructor(
    private readonly link: () => Link | null,
    private waiting: AgentActivity[] = [],
  ) {}

  get size(): number {
    return this.waiting.length;
  }

  get untold(): AgentActivity[] {
    return [...this.waiting];
  }

  add(kind: string, title: string, detail?: string): void {
    this.waiting.push({ id: randomUUID(), at: Date.now(), kind, title, detail: detail ?? null });
    if (this.waiting.length > mostWaiting) this.waiting.shift();
    void this.tell();
  }

  /** There is a connection now. */
  poke(): void {
    void this.tell();
  }

  private async tell(): Promise<void> {
    const link = this.link();
    if (this.busy || !link) return;
    this.busy = true;
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      // A definite refusal is an answer too: saying it again would change nothing.
      if (!(await link.insist("activity", withLateness(next), mostFailures))) break;
      this.waiting = this.waiting.filter((activity) => activity !== next);
    }
    this.busy = false;
  }
}

/** The server dates it by when it hears of it. */
function withLateness(activity: AgentActivity): AgentActivity {
  const late = latenessOf(activity.at);
  return late
    ? { ...activity, detail: [activity.detail, `It was ${late}.`].filter(Boolean).join(" ") }
    : activity;
}
