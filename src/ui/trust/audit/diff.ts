import type { Fact } from "@/contracts/facts";

/** One line of a diff. `same` lines are there to be read with the others; signs, not colour alone, tell the rest. */
export interface DiffLine {
  sign: "same" | "removed" | "added";
  path: string;
  text: string;
}

type Part = Record<string, unknown> | null;

/**
 * What a fact changed, a line a field, nested fields by their path: `before` with a minus, `after` with a plus, and
 * what both name alike once. Without `before` everything is new; a field that only `before` names is gone.
 */
export function diffOf(before: Part, after: Part): DiffLine[] {
  const was = flatten(before);
  const is = flatten(after);
  const lines: DiffLine[] = [];
  for (const [path, text] of was) {
    const now = is.get(path);
    if (now === text) lines.push({ sign: "same", path, text });
    else {
      lines.push({ sign: "removed", path, text });
      if (now !== undefined) lines.push({ sign: "added", path, text: now });
    }
  }
  for (const [path, text] of is) if (!was.has(path)) lines.push({ sign: "added", path, text });
  return lines;
}

/** The field that says most, where several changed. */
const telling = ["status", "state", "role", "enabled"];

/** In one line, for the row: "viewer → operator"; several fields: "3 fields". null when nothing changed visibly. */
export function diffWords(fact: Pick<Fact, "before" | "after">): { from: string | null; to: string } | null {
  if (!fact.before) return null;
  const lines = diffOf(fact.before, fact.after).filter(({ sign }) => sign !== "same");
  const paths = new Set(lines.map(({ path }) => path));
  if (paths.size === 0) return null;
  const path = paths.size === 1 ? [...paths][0] : telling.find((name) => paths.has(name));
  if (path === undefined) return { from: null, to: `${paths.size} fields` };
  const of = (wanted: DiffLine["sign"]) =>
    lines.find((line) => line.sign === wanted && line.path === path)?.text;
  const from = of("removed");
  return { from: from === undefined ? null : plain(from), to: plain(of("added") ?? "none") };
}

/** Values in JSON, so that "true" the word and true the value differ; a list stays one value. */
function flatten(part: Part, prefix = ""): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(part ?? {})) {
    const path = prefix ? `${prefix}.${name}` : name;
    if (isObject(value) && Object.keys(value).length > 0) {
      for (const [inner, text] of flatten(value, path)) fields.set(inner, text);
    } else fields.set(path, JSON.stringify(value) ?? "null");
  }
  return fields;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plain(text: string): string {
  if (text === "null") return "none";
  const word = /^"(.*)"$/s.exec(text)?.[1];
  return word === undefined ? text : word;
}
