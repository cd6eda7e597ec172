import { expect, it } from "vitest";
import { forgetDraft, keepDraft, readDraft } from "./kept-draft";

const isWords = (typed: unknown): typed is { words: string } =>
  typeof typed === "object" && typed !== null && "words" in typed;
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
  expect(readDraft(store, "rule new", isWords)).toEqual({ at, typed: { words: "half a sen" } });
  expect(readDraft(store, "rule rul_1", isWords)).toBeNull();
  forgetDraft(store, "rule new");
  expect(readDraft(store, "rule new", isWords)).toBeNull();
});

it("what is of another shape, or no draft at all, is not offered", () => {
  const store = memoryStore();
  keepDraft(store, "rule new", { at, typed: { letters: 3 } });
  expect(readDraft(store, "rule new", isWords)).toBeNull();
  store.setItem("mc.draft.rule new", "{half");
  expect(readDraft(store, "rule new", isWords)).toBeNull();
});

it("a browser that keeps nothing does not stand in the way", () => {
  const refuses = () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  };
  const store = { getItem: refuses, setItem: refuses, removeItem: refuses };
  keepDraft(store, "rule new", { at, typed: {} });
  forgetDraft(store, "rule new");
  expect(readDraft(store, "rule new", isWords)).toBeNull();
});
