import type { z } from "zod";
import type { Intent, prepareSchema } from "@/contracts/wire/browser";
import { ToldList } from "@/domain/fleet/people-here/told-list";
import type { Ground } from "@/domain/kernel";

type Told = Intent & { account: string };
export type Preparation = z.infer<typeof prepareSchema>;

/** Who is about to do what to which agents: open dialogs, told to everyone else, on whichever instance they are. */
export class OpenIntents {
  readonly #list: ToldList<Told>;

  constructor(private readonly ground: Pick<Ground, "bus" | "clock" | "ids">) {
    const { bus } = ground;
    this.#list = new ToldList<Told>(ground.clock, {
      tell: (intents) => bus.publish("intents", { instance: bus.instanceId, intents }),
      hear: (take) => bus.subscribe("intents", ({ instance, intents }) => take(instance, intents)),
    });
  }

  /** The dialog of connection `key` as it is now; the first call opens it. Answers the intent's id. */
  prepare(key: string, account: string, user: Intent["user"], wish: Preparation): string {
    // A person who lost their connection and came back says it again on a new one: it is the same dialog.
    const orphan = this.#list.lapsing().find(([, intent]) => intent.user.id === user.id);
    const before = this.#list.get(key) ?? orphan?.[1];
    if (orphan) this.#list.delete(orphan[0]);
    const id = before?.id ?? this.ground.ids.id("int");
    const since = before?.since ?? this.ground.clock.now().getTime();
    const { kind, agentIds, reason = null } = wish;
    this.#list.set(key, { id, account, user, kind, agentIds, reason, since });
    return id;
  }

  /** The dialog closed. */
  unprepare(key: string): void {
    this.#list.delete(key);
  }

  /** The connection ended; the intent lapses in 10 s unless its person says it again. */
  left(key: string): void {
    this.#list.lapse(key);
  }

  /** Open dialogs of the account, oldest first. */
  of(account: string): Intent[] {
    return this.#list
      .all(account)
      .sort((a, b) => a.since - b.since)
      .map(({ account: _, ...intent }) => intent);
  }

  onChange(listener: () => void): void {
    this.#list.onChange(listener);
  }

  stop(): void {
    this.#list.stop();
  }
}
