/** What somebody typed and has not sent, with the moment of the last change. */
export interface KeptDraft<Typed> {
  at: string;
  typed: Typed;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const keyOf = (name: string) => `mc.draft.${name}`;

/** What is kept under the name; null when nothing is, or when it is not of this shape (another version kept it). */
export function readDraft<Typed>(
  store: Store,
  name: string,
  isTyped: (typed: unknown) => typed is Typed,
): KeptDraft<Typed> | null {
  try {
    const kept: unknown = JSON.parse(store.getItem(keyOf(name)) ?? "null");
    if (typeof kept !== "object" || kept === null || !("at" in kept) || !("typed" in kept)) return null;
    return typeof kept.at === "string" && isTyped(kept.typed) ? { at: kept.at, typed: kept.typed } : null;
  } catch {
    return null;
  }
}

/** A browser that keeps nothing (its store is full or forbidden) must not stand in the way of typing. */
export function keepDraft(store: Store, name: string, { at, typed }: KeptDraft<unknown>): void {
  try {
    store.setItem(keyOf(name), JSON.stringify({ at, typed }));
  } catch {}
}

export function forgetDraft(store: Store, name: string): void {
  try {
    store.removeItem(keyOf(name));
  } catch {}
}
