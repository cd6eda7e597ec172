import { conditionKinds } from "@/contracts/watch/condition";
import { durationMsOf } from "@/contracts/watch/exact-duration";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { faultsOfDraft } from "../check-draft";
import { tidyDraft } from "../view";
import type { FileNames, Names } from "./names";
import { conditionFields, type Fault, fileWord, type Path, ruleFields } from "./words";

type Values = Record<string, unknown>;
export type FromFile = { draft: RuleDraft | null; faults: Fault[] };

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads a rule in the words of the file; says all that is wrong with it, each at its place. */
export function fromFile(raw: unknown, names: FileNames): FromFile {
  const faults: Fault[] = [];
  if (!isObject(raw))
    return {
      draft: null,
      faults: [{ path: [], message: "must be a rule with name, when, scope and severity" }],
    };
  const known = new Set<string>(["id", ...ruleFields.map(fileWord)]);
  tellUnknown(raw, known, [], faults);
  const wish: Values = {};
  for (const field of ruleFields) {
    const word = fileWord(field);
    if (raw[word] !== undefined) wish[field] = meaningOf(field, raw[word], names, faults);
  }
  const parsed = ruleDraftSchema.safeParse(wish);
  if (parsed.success) {
    const draft = tidyDraft(parsed.data);
    for (const { path, message } of faultsOfDraft(draft)) faults.push({ path: inFile(path), message });
    return { draft: faults.length === 0 ? draft : null, faults };
  }
  for (const { path, message } of parsed.error.issues) {
    const place = inFile(path);
    // What could not even be translated has been told of already.
    if (!faults.some((fault) => covers(fault.path, place))) faults.push({ path: place, message });
  }
  return { draft: null, faults };
}

function meaningOf(
  field: (typeof ruleFields)[number],
  value: unknown,
  names: FileNames,
  faults: Fault[],
): unknown {
  const path = [fileWord(field)];
  switch (field) {
    case "scope":
      return scopeOf(value, path, names, faults);
    case "except":
      if (!Array.isArray(value)) return value;
      return value.map((part: unknown, at) => scopeOf(part, [...path, at], names, faults));
    case "condition":
      return conditionOf(value, path, faults);
    case "flap":
      if (!isObject(value)) return value;
      tellUnknown(value, new Set(["changes", "window"]), path, faults);
      return withDurations(value, ["changes", "windowMs"], path, faults);
    case "forMs":
    case "recoverMs":
      return durationOf(value, path, faults);
    case "channelIds":
      return idsOf(value, path, names.channels, faults);
    default:
      return value;
  }
}

function conditionOf(value: unknown, path: Path, faults: Fault[]): unknown {
  const fields = isObject(value) ? conditionFields.get(String(value.kind)) : undefined;
  if (!isObject(value) || !fields) {
    const kinds = conditionKinds.join(", ");
    faults.push({
      path: isObject(value) && "kind" in value ? [...path, "kind"] : path,
      message: `must say what is wrong: kind is one of ${kinds}`,
    });
    return undefined;
  }
  tellUnknown(value, new Set(fields.map(fileWord)), path, faults);
  return withDurations(value, fields, path, faults);
}

function withDurations(value: Values, fields: readonly string[], path: Path, faults: Fault[]): Values {
  const found: Values = {};
  for (const field of fields) {
    const word = fileWord(field);
    if (value[word] === undefined) continue;
    found[field] = field.endsWith("Ms") ? durationOf(value[word], [...path, word], faults) : value[word];
  }
  return found;
}

function scopeOf(value: unknown, path: Path, names: FileNames, faults: Fault[]): unknown {
  if (value === "all") return { kind: "all" };
  const [word, ...others] = isObject(value) ? Object.keys(value) : [];
  if (isObject(value) && others.length === 0) {
    if (word === "group" || word === "tag") return { kind: word, [word]: value[word] };
    if (word === "agents")
      return { kind: "agents", agentIds: idsOf(value.agents, [...path, "agents"], names.agents, faults) };
  }
  faults.push({ path, message: "must be all, {group: …}, {tag: …} or {agents: [… ]}" });
  return { kind: "all" };
}

function idsOf(value: unknown, path: Path, names: Names, faults: Fault[]): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((name: unknown, at) => {
    const found = typeof name === "string" ? names.idOf(name) : { fault: "must be a name" };
    if ("id" in found) return found.id;
    faults.push({ path: [...path, at], message: found.fault });
    return "";
  });
}

function durationOf(value: unknown, path: Path, faults: Fault[]): number {
  const ms = typeof value === "string" ? durationMsOf(value) : value === 0 ? 0 : null;
  if (ms === null) faults.push({ path, message: "must be a duration like 90s, 5m, 2h or 14d" });
  return ms ?? 0;
}

function tellUnknown(value: Values, known: ReadonlySet<string>, path: Path, faults: Fault[]): void {
  for (const word of Object.keys(value)) {
    if (known.has(word)) continue;
    faults.push({ path: [...path, word], message: `is not known here; there are ${[...known].join(", ")}` });
  }
}

/** The contract's path in the words of the file; labels are called what they are called. */
function inFile(path: readonly PropertyKey[]): Path {
  if (path[0] === "labels") return path.map(String);
  const place = path.map((part) => (typeof part === "number" ? part : fileWord(String(part))));
  return place.at(-1) === "kind" && place[0] !== "when" ? place.slice(0, -1) : place;
}

const covers = (outer: Path, inner: Path): boolean => outer.every((part, at) => inner[at] === part);
