import { hereSchema, prepareSchema } from "@/contracts/wire/browser";
import type { BoardFeed } from "@/domain/fleet/board/feed";
import { OpenIntents } from "@/domain/fleet/intents/open-intents";
import { PeopleHere } from "@/domain/fleet/people-here/people-here";
import { type Ground, may } from "@/domain/kernel";
import { accountOf, answerTo, type ConsoleNamespace, type Watcher } from "./watcher";

type Answer = { ok: boolean; id?: string; error?: { code: string; message: string } };

/** What people see of each other: who is here and who is about to do what. */
export class Together {
  readonly #people: PeopleHere;
  readonly #intents: OpenIntents;
  #told = new Map<string, string>();

  constructor(
    private readonly namespace: ConsoleNamespace,
    private readonly feed: BoardFeed,
    ground: Ground,
  ) {
    this.#people = new PeopleHere(ground);
    this.#intents = new OpenIntents(ground);
    this.#people.onChange(() => this.#tellRooms("people"));
    this.#intents.onChange(() => this.#tellRooms("intents"));
  }

  /** A watcher came onto the board: it learns of the others, they of it. */
  entered(socket: Watcher): void {
    const { account } = socket.data.caller;
    const [people, intents] = [this.#people.of(account), this.#intents.of(account)];
    socket.emit("people", people);
    socket.emit("intents", intents);
    // The room was told of each change as it came, so this is what all in it know.
    this.#told.set(`people ${account}`, JSON.stringify(people));
    this.#told.set(`intents ${account}`, JSON.stringify(intents));
  }

  /** `here`: a person's page. A program that watches with a token is nobody who is here. */
  here(socket: Watcher, message: unknown): void {
    const { account, actor, role } = socket.data.caller;
    const parsed = hereSchema.safeParse(message);
    if (!parsed.success || actor.kind !== "user") return;
    this.#people.at(socket.id, account, { id: actor.id, name: actor.name, role }, parsed.data.at);
  }

  /** `prepare`: a dialog is open. Only for those who could go through with it, and for their own agents. */
  prepare(socket: Watcher, message: unknown, given: unknown): void {
    const answer = answerTo<Answer>(given);
    const refuse = (code: string, text: string) => answer({ ok: false, error: { code, message: text } });
    const { account, actor, role } = socket.data.caller;
    if (!may(socket.data.caller, "agents:operate")) {
      refuse("forbidden", `Your role, ${role}, or what this credential was made for, may not act on agents.`);
      return;
    }
    const parsed = prepareSchema.safeParse(message);
    if (!parsed.success) {
      refuse("invalid", "Name a kind of command and 1 to 1,000 agents.");
      return;
    }
    if (this.feed.strangers(account, parsed.data.agentIds).length > 0) {
      refuse("not-found", "There is no such agent. It may have been removed.");
      return;
    }
    const user = { id: actor.id, name: actor.name };
    answer({ ok: true, id: this.#intents.prepare(socket.id, account, user, parsed.data) });
  }

  unprepare(socket: Watcher, given: unknown): void {
    this.#intents.unprepare(socket.id);
    answerTo<{ ok: boolean }>(given)({ ok: true });
  }

  left(socket: Watcher): void {
    this.#people.left(socket.id);
    this.#intents.left(socket.id);
  }

  stop(): void {
    this.#people.stop();
    this.#intents.stop();
  }

  /** One emit a room, and only when the list differs from what the room was told last. */
  #tellRooms(event: "people" | "intents"): void {
    for (const room of this.namespace.adapter.rooms.keys()) {
      const account = accountOf(room);
      if (account === null) continue;
      const before = this.#told.get(`${event} ${account}`);
      const [people, intents] = [this.#people.of(account), this.#intents.of(account)];
      const text = JSON.stringify(event === "people" ? people : intents);
      if (text === before) continue;
      this.#told.set(`${event} ${account}`, text);
      if (event === "people") this.namespace.to(room).emit("people", people);
      else this.namespace.to(room).emit("intents", intents);
    }
  }
}
