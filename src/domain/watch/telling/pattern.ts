import { RE2JS } from "re2js";

/** Patterns in use at a time; more are compiled anew. A policy has at most a few hundred. */
const mostKept = 1_000;
const kept = new Map<string, RE2JS | null>();

/** The compiled expression of RE2 (linear time, whatever the text), or null for one that is none. */
export function compilePattern(pattern: string): RE2JS | null {
  const known = kept.get(pattern);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? "");
  const made = tryToCompile(pattern);
  kept.set(pattern, made);
  return made;
}

function tryToCompile(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}
