import type { Clock, Timer } from "@/platform/clock";

/** An instance says its list again so often, and is forgotten, with all on its list, after so much silence. */
const tellEveryMs = 3_000;
const forgetAfterMs = 10_000;
/** How long an item outlives its connection: a page that is reloaded does not flicker for everyone else. */
const lapseAfterMs = 10_000;

/** How lists travel between instances; own ones come back by the same way. */
export type Telling<Item> = {
  tell(items: Item[]): void;
  hear(take: (instance: string, items: Item[]) => void): () => void;
};

/**
 * A list to which every instance contributes: each tells its whole part at every change and now and then, so that a
 * lost message heals and an instance that died takes its part with it. Nothing of it is stored.
 */
export class ToldList<Item extends { account: string }> {
  #own = new Map<string, Item>();
  #lapsing = new Map<string, Timer>();
  #heard = new Map<string, { items: Item[]; atMs: number }>();
  #listeners = new Set<() => void>();
  #telling = false;
  #toldSome = false;
  #ends: (() => void)[];

  constructor(
    private readonly clock: Clock,
    private readonly telling: Telling<Item>,
  ) {
    const tick = clock.setInterval(() => this.#tick(), tellEveryMs);
    const deaf = telling.hear((instance, items) => {
      this.#heard.set(instance, { items, atMs: clock.monotonicMs() });
      this.#changed();
    });
    this.#ends = [deaf, () => tick.cancel()];
  }

  get(key: string): Item | undefined {
    return this.#own.get(key);
  }

  /** Own items whose connection ended and that wait for its return. */
  lapsing(): [key: string, item: Item][] {
    return [...this.#own].filter(([key]) => this.#lapsing.has(key));
  }

  set(key: string, item: Item): void {
    this.#cancelLapse(key);
    this.#own.set(key, item);
    this.#tell();
  }

  delete(key: string): void {
    this.#cancelLapse(key);
    if (this.#own.delete(key)) this.#tell();
  }

  /** The connection behind `key` ended: its item goes in 10 s. */
  lapse(key: string): void {
    if (!this.#own.has(key) || this.#lapsing.has(key)) return;
    this.#lapsing.set(
      key,
      this.clock.setTimeout(() => this.delete(key), lapseAfterMs),
    );
  }

  /** Everything of the account, from every instance. */
  all(account: string): Item[] {
    const items: Item[] = [];
    for (const heard of this.#heard.values()) {
      for (const item of heard.items) if (item.account === account) items.push(item);
    }
    return items;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  stop(): void {
    for (const end of this.#ends) end();
    for (const timer of this.#lapsing.values()) timer.cancel();
    this.#own.clear();
    if (this.#toldSome) this.telling.tell([]);
  }

  #cancelLapse(key: string): void {
    this.#lapsing.get(key)?.cancel();
    this.#lapsing.delete(key);
  }

  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      this.#toldSome = this.#own.size > 0;
      this.telling.tell([...this.#own.values()]);
    });
  }

  #tick(): void {
    if (this.#own.size > 0 || this.#toldSome) this.#tell();
    const silentSinceMs = this.clock.monotonicMs() - forgetAfterMs;
    for (const [instance, { atMs, items }] of this.#heard) {
      if (atMs > silentSinceMs) continue;
      this.#heard.delete(instance);
      if (items.length > 0) this.#changed();
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
