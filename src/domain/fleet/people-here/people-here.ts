import type { Person } from "@/contracts/wire/browser";
import type { Ground } from "@/domain/kernel";
import { ToldList } from "./told-list";

type Here = Person & { account: string };

/** Who has the console open, on whichever instance. One entry a person, however many tabs they have. */
export class PeopleHere {
  readonly #list: ToldList<Here>;

  constructor(private readonly ground: Pick<Ground, "bus" | "clock">) {
    const { bus } = ground;
    this.#list = new ToldList<Here>(ground.clock, {
      tell: (people) => bus.publish("people", { instance: bus.instanceId, people }),
      hear: (take) => bus.subscribe("people", ({ instance, people }) => take(instance, people)),
    });
  }

  /** A person's tab is at `at`; `key` names the connection. */
  at(key: string, account: string, who: Pick<Person, "id" | "name" | "role">, at: string): void {
    const since = this.#list.get(key)?.since ?? this.ground.clock.now().getTime();
    this.#list.set(key, { id: who.id, name: who.name, role: who.role, account, at, since });
    // The same person came back on a new connection: the old one need not be waited for.
    for (const [old, item] of this.#list.lapsing()) if (item.id === who.id) this.#list.delete(old);
  }

  left(key: string): void {
    this.#list.lapse(key);
  }

  /** Everybody of the account, longest here first, each where their newest tab is. */
  of(account: string): Person[] {
    const people = new Map<string, Person>();
    for (const { account: _, ...person } of this.#list.all(account).sort((a, b) => a.since - b.since)) {
      const since = people.get(person.id)?.since ?? person.since;
      people.set(person.id, { ...person, since });
    }
    return [...people.values()];
  }

  onChange(listener: () => void): void {
    this.#list.onChange(listener);
  }

  stop(): void {
    this.#list.stop();
  }
}
