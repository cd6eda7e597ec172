import { expect, it } from "vitest";
import { forgetDraft, keepDraft, keepLeft, leaveDraft, readDraft, readLeft } from "./kept-draft";

const words = (typed: unknown) =>
  typeof typed === "object" && typed !== null && "words" in typed ? (typed as { words: string }) : null;
const at = "2026-03-12T10:14:00.000Z";

function memoryStore() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
}

it("a draft is kept by its name until it is forgotten", () => {
  const store = memoryStore();
  keepDraft(store, "rule new", { at, typed: { words: "half a sen" } });
  expect(readDraft(store, "rule new", words)).toEqual({ at, typed: { words: "half a sen" } });
  expect(readDraft(store, "rule rul_1", words)).toBeNull();
  forgetDraft(store, "rule new");
  expect(readDraft(store, "rule new", words)).toBeNull();
});

it("what is of another shape, or no draft at all, is not offered", () => {
  const store = memoryStore();
  keepDraft(store, "rule new", { at, typed: { letters: 3 } });
  expect(readDraft(store, "rule new", words)).toBeNull();
  store.setItem("mc.draft.rule new", "{half");
  expect(readDraft(store, "rule new", words)).toBeNull();
});

it("what is left stays until it is decided about, whatever is typed and left after it", () => {
  const store = memoryStore();
  const [first, second] = ["first", "second"].map((said) => ({ at, typed: { words: said } }));
  if (!first || !second) throw new Error("There are two.");
  keepDraft(store, "rule new", first);
  expect(leaveDraft(store, "rule new", words)).toEqual([first]);
  keepDraft(store, "rule new", second);
  forgetDraft(store, "rule new");
  expect(leaveDraft(store, "rule new", words)).toEqual([first]);
  keepDraft(store, "rule new", second);
  expect(leaveDraft(store, "rule new", words)).toEqual([second, first]);
  keepLeft(store, "rule new", [first]);
  expect(readLeft(store, "rule new", words)).toEqual([first]);
  expect(leaveDraft(store, "rule rul_1", words)).toEqual([]);
});

it("a browser that keeps nothing does not stand in the way", () => {
  const refuses = () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  };
  const store = { getItem: refuses, setItem: refuses, removeItem: refuses };
  keepDraft(store, "rule new", { at, typed: {} });
  forgetDraft(store, "rule new");
  keepLeft(store, "rule new", [{ at, typed: {} }]);
  expect(leaveDraft(store, "rule new", words)).toEqual([]);
  expect(readDraft(store, "rule new", words)).toBeNull();
});
