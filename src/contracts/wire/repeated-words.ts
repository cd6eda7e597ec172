/** Collects repeated texts of one snapshot; -1 stands for null. */
export class RepeatedWords {
  readonly list: string[] = [];
  #indexOf = new Map<string, number>();
  index(text: string | null): number {
    if (text === null) return -1;
    const known = this.#indexOf.get(text);
    if (known !== undefined) return known;
    this.#indexOf.set(text, this.list.length);
    return this.list.push(text) - 1;
  }
}
