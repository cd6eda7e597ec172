import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import { rulesFileMax } from "@/contracts/watch/rules-file";
import { invalid } from "@/domain/kernel";
import type { Fault, Path } from "./words";

/** A fault with its line, from 1. */
export type LineFault = { line: number; path: string; message: string };

/** Rules as a file has them, not looked into yet, and where each thing stands. */
export type RulesFile = { rules: unknown[]; lineOf(path: Path): number };

const mostTold = 20;

/** Reads the text as YAML. Throws invalid with the line. */
export function readYaml(text: string): RulesFile {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2" });
  const broken = [...doc.errors, ...doc.warnings];
  if (broken.length > 0)
    refuseFile(broken.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, path: "", message })));
  const lineOf = (path: Path) => lines.linePos(offsetOf(doc, path)).line;
  const refuse = (path: Path, message: string) =>
    refuseFile([{ line: lineOf(path), path: pathText(path), message }]);
  const file = contentOf(doc, refuse);
  if (typeof file !== "object" || file === null || !("rules" in file) || !Array.isArray(file.rules))
    return refuse([], "must hold a list under “rules:”");
  for (const word of Object.keys(file)) {
    if (word !== "rules" && word !== "version")
      refuse([word], "is not known here; there are version and rules");
  }
  if ("version" in file && file.version !== 1) refuse(["version"], "must be 1, the only one that there is");
  if (file.rules.length > rulesFileMax.rules)
    refuse(["rules"], `has ${file.rules.length} rules; at most ${rulesFileMax.rules} are read at a time`);
  return { rules: file.rules, lineOf };
}

/** Plain values; references that multiply into millions are refused. */
function contentOf(doc: Document, refuse: (path: Path, message: string) => never): unknown {
  try {
    return doc.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    return refuse([], "repeats itself by references (*name) too often");
  }
}

/** Refuses a file with what is wrong with it: a line of the message each, with the file's line. */
export function refuseFile(faults: LineFault[]): never {
  const told = faults.slice(0, mostTold);
  const said = told.map(
    ({ line, path, message }) => `line ${line}: ${path ? `${path} ` : ""}${message.replace(/\.$/, "")}`,
  );
  if (faults.length > told.length) said.push(`and ${faults.length - told.length} more`);
  throw invalid(["The file is not right and nothing was changed:", ...said].join("\n"), { fields: told });
}

/** `rules[2].when.after` */
export const pathText = (path: Path): string =>
  path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");

/** Faults of the rule at `at`, from the top of the file to its end. */
export const lineFaults = (file: RulesFile, at: number, faults: Fault[]): LineFault[] =>
  faults
    .map(({ path, message }) => {
      const place = ["rules", at, ...path];
      return { line: file.lineOf(place), path: pathText(place), message };
    })
    .sort((left, right) => left.line - right.line);

/** Where the thing begins, or the innermost one around it that there is. */
function offsetOf(doc: Document, path: Path): number {
  const name = path.at(-1);
  const around = doc.getIn(path.slice(0, -1), true);
  if (typeof name === "string" && isMap(around)) {
    const pair = around.items.find(({ key }) => isScalar(key) && key.value === name);
    if (isPair(pair) && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
  }
  const node = path.length === 0 ? doc.contents : doc.getIn(path, true);
  if (isNode(node)) return node.range?.[0] ?? 0;
  return path.length === 0 ? 0 : offsetOf(doc, path.slice(0, -1));
}
