/** What somebody typed and has not sent, with the moment of the last change. */
export interface KeptDraft<Typed> {
  at: string;
  typed: Typed;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Makes of what was kept what can be typed on; null where it is not of this shape: another version kept it. */
export type ReadTyped<Typed> = (kept: unknown) => Typed | null;

const keyOf = (name: string) => `mc.draft.${name}`;
/** Apart from what is typed now, which may not take the place of what nobody has decided about. */
const leftKeyOf = (name: string) => `mc.drafts-left.${name}`;
/** Of drafts that are left again and again without a decision. */
const mostLeft = 5;

function parsed(store: Store, key: string): unknown {
  try {
    return JSON.parse(store.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function draftIn<Typed>(kept: unknown, read: ReadTyped<Typed>): KeptDraft<Typed> | null {
  if (typeof kept !== "object" || kept === null || !("at" in kept) || !("typed" in kept)) return null;
  const typed = read(kept.typed);
  return typeof kept.at === "string" && typed !== null ? { at: kept.at, typed } : null;
}

/** What is kept under the name; null when nothing is, or nothing that `read` can make sense of. */
export function readDraft<Typed>(
  store: Store,
  name: string,
  read: ReadTyped<Typed>,
): KeptDraft<Typed> | null {
  return draftIn(parsed(store, keyOf(name)), read);
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

/** Drafts that were left and not decided about, newest first. */
export function readLeft<Typed>(store: Store, name: string, read: ReadTyped<Typed>): KeptDraft<Typed>[] {
  const kept = parsed(store, leftKeyOf(name));
  return Array.isArray(kept) ? kept.flatMap((one) => draftIn(one, read) ?? []) : [];
}

export function keepLeft(store: Store, name: string, drafts: readonly KeptDraft<unknown>[]): void {
  try {
    if (drafts.length === 0) store.removeItem(leftKeyOf(name));
    else store.setItem(leftKeyOf(name), JSON.stringify(drafts.slice(0, mostLeft)));
  } catch {}
}

/** What was typed here when the page was left is a draft that was left: answers all of them, newest first. */
export function leaveDraft<Typed>(store: Store, name: string, read: ReadTyped<Typed>): KeptDraft<Typed>[] {
  const last = readDraft(store, name, read);
  const left = readLeft(store, name, read);
  if (!last) return left;
  const all = [last, ...left];
  forgetDraft(store, name);
  keepLeft(store, name, all);
  return all;
}
