/**
 * Where this browser is, as everyone else is told: the page's address, or that of what the page shows at the moment.
 * Told once everything of a change of page has been said, so nobody sees a place in between.
 */
export class OwnPlace {
  #page: string;
  #shown: string | null = null;
  #told: string;
  #due = false;

  constructor(
    page: string,
    private readonly tell: () => void,
  ) {
    this.#page = page;
    this.#told = page;
  }

  get now(): string {
    return this.#shown ?? this.#page;
  }

  opened(page: string): void {
    this.#page = page;
    this.#changed();
  }

  /** The page shows what has an address of its own, until the answered function is called. */
  shows(address: string): () => void {
    this.#shown = address;
    this.#changed();
    return () => {
      this.#shown = null;
      this.#changed();
    };
  }

  #changed(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (this.now === this.#told) return;
      this.#told = this.now;
      this.tell();
    });
  }
}
