import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/**
 * Holds docs/architecture.md against the code: which room may import which, the order of the districts, no cycles,
 * no long files, no names that say nothing. A failure names the file, the import and the rule.
 */
const source = fileURLToPath(new URL(".", import.meta.url));

/** Rooms by what they may import beside themselves. The composition root, `server.ts`, may import everything. */
const mayImport: Record<string, string[]> = {
  contracts: [],
  platform: ["contracts"],
  db: ["contracts", "platform"],
  domain: ["contracts", "db", "platform"],
  api: ["contracts", "domain", "platform"],
  gateway: ["contracts", "domain", "platform"],
  workers: ["contracts", "domain", "platform"],
  ui: ["contracts"],
  cli: ["contracts"],
  app: ["contracts", "ui"],
};

/** Files outside all rooms: the composition root, and what Next looks for beside `app`. */
const outside: Record<string, string[] | "everything"> = {
  "server.ts": "everything",
  // The second, small root: what `mc` runs on the server's machine, straight on the database.
  "rescue.ts": ["contracts", "platform", "db", "domain"],
  "proxy.ts": ["app", "contracts", "ui"],
};

/** Only the type: what it names is erased, so nothing of the server reaches the browser or the command. */
const mayImportTypes: Record<string, RegExp> = {
  ui: /^api\//,
  cli: /^api\//,
  app: /^(api\/|domain\/(kernel\/)?runtime\.ts$)/,
};

/** Single files that are doors into another room. */
const doors: Record<string, string[]> = { app: ["platform/runtime.ts"] };

const districts: Record<string, string[]> = {
  kernel: [],
  people: ["kernel"],
  trust: ["kernel", "people"],
  fleet: ["kernel", "people", "trust"],
  watch: ["kernel", "people", "trust", "fleet"],
  models: ["kernel", "people", "trust"],
  market: ["kernel", "people", "trust"],
};

/** What is drawn may put an agent and its alerts on one page; behind it the order holds. */
const drawnRooms = new Set(["ui", "app", "cli"]);

const forbiddenWords = /^(utils?|helpers?|common|misc|managers?|shared)$/i;
const mostLines = 300;
const mostLinesOfAPage = 350;

interface Import {
  target: string;
  typeOnly: boolean;
}

interface SourceFile {
  path: string;
  lines: number;
  /** Files of ours, as paths under `src`. */
  imports: Import[];
  /** Packages, as written. */
  packages: string[];
  unresolved: string[];
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith("testing/");
const roomOf = (path: string) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : path);

function districtOf(path: string): string | undefined {
  const [room, second] = path.split("/");
  if (!room || !second || drawnRooms.has(room)) return undefined;
  const name = second.replace(/\.tsx?$/, "");
  return name in districts ? name : undefined;
}

const paths = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((path) => path.split(sep).join("/"))
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"))
  .sort();
const known = new Set(paths);

const statement = /^[ \t]*(import|export)\b([^"';]*?)\bfrom\s*["']([^"']+)["']/gm;
const bare = /^[ \t]*import\s*["']([^"']+)["']/gm;
const dynamic = /(typeof\s+)?\bimport\(\s*["']([^"']+)["']\s*\)/g;

function isTypeOnly(clause: string): boolean {
  const text = clause.trim();
  if (/^type\b(?!\s*,)/.test(text)) return true;
  const named = /^\{([^}]*)\}$/.exec(text)?.[1];
  const names = named?.split(",").filter((name) => name.trim() !== "") ?? [];
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
}

function specifiersIn(text: string): { specifier: string; typeOnly: boolean }[] {
  return [
    ...[...text.matchAll(statement)].map(([, , clause, specifier]) => ({
      specifier: specifier ?? "",
      typeOnly: isTypeOnly(clause ?? ""),
    })),
    ...[...text.matchAll(bare)].map(([, specifier]) => ({ specifier: specifier ?? "", typeOnly: false })),
    ...[...text.matchAll(dynamic)].map(([, type, specifier]) => ({
      specifier: specifier ?? "",
      typeOnly: type !== undefined,
    })),
  ];
}

/** The file that an import means, undefined for a package, null when it does not exist. */
function resolveImport(from: string, specifier: string): string | undefined | null {
  let base: string;
  if (specifier.startsWith("@/")) base = specifier.slice(2);
  else if (specifier.startsWith(".")) {
    base = relative(source, resolve(source, dirname(from), specifier))
      .split(sep)
      .join("/");
  } else return undefined;
  if (/\.(css|json|mjs|svg)$/.test(base) || base.startsWith("..")) return undefined;
  const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`, `${base}/index.tsx`, "index.ts"];
  return candidates.slice(0, base === "" ? 6 : 5).find((path) => known.has(path)) ?? null;
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(source, path), "utf8");
  const file: SourceFile = {
    path,
    lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
    imports: [],
    packages: [],
    unresolved: [],
  };
  for (const { specifier, typeOnly } of specifiersIn(text)) {
    const target = resolveImport(path, specifier);
    if (target === undefined) {
      if (!specifier.startsWith(".")) file.packages.push(specifier);
    } else if (target === null) file.unresolved.push(specifier);
    else file.imports.push({ target, typeOnly });
  }
  return file;
}

const files = paths.map(readSource);
const product = files.filter(({ path }) => !isTest(path));

/** Why this import is against the table, or undefined. */
function roomFault(from: string, { target, typeOnly }: Import): string | undefined {
  if (target.startsWith("testing/")) return "testing is for tests only";
  const [room, other] = [roomOf(from), roomOf(target)];
  if (room === other && from.includes("/")) return undefined;
  const allowed = from.includes("/") ? mayImport[room] : outside[from];
  if (allowed === "everything") return undefined;
  if (!allowed) return from.includes("/") ? `${room} is no room` : `${from} stands outside the rooms`;
  if (allowed.includes(other) || doors[room]?.includes(target)) return undefined;
  if (mayImportTypes[room]?.test(target)) return typeOnly ? undefined : `only "import type" is allowed here`;
  return `${room} may import ${allowed.join(", ") || "no other room"}`;
}

function importFaults(judge: (from: string, imported: Import) => string | undefined): string[] {
  return product.flatMap(({ path, imports }) =>
    imports.flatMap((imported) => {
      const fault = judge(path, imported);
      return fault ? [`${path} imports ${imported.target}: ${fault}`] : [];
    }),
  );
}

it("sees the code", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.some(({ imports }) => imports.length > 0)).toBe(true);
});

it("imports only files that exist", () => {
  expect(files.flatMap(({ path, unresolved }) => unresolved.map((name) => `${path}: ${name}`))).toEqual([]);
});

it("imports only rooms further down", () => {
  expect(importFaults(roomFault)).toEqual([]);
});

it("keeps the order of the districts", () => {
  expect(
    importFaults((from, { target }) => {
      const [district, other] = [districtOf(from), districtOf(target)];
      if (!district || !other || district === other || districts[district]?.includes(other)) return undefined;
      // The language lies below all rooms: a word of another district may be spoken. Only fleet and watch are kept
      // apart to the last word, since alerts learn of agents by reading facts.
      const isWord = roomOf(target) === "contracts" && roomOf(from) !== "contracts";
      return isWord && other !== "watch" ? undefined : `${district} does not know ${other}`;
    }),
  ).toEqual([]);
});

it("keeps the contracts to zod, so that they run in a browser", () => {
  const faults = product
    .filter(({ path }) => path.startsWith("contracts/"))
    .flatMap(({ path, packages }) =>
      packages.filter((name) => name !== "zod" && !name.startsWith("zod/")).map((name) => `${path}: ${name}`),
    );
  expect(faults).toEqual([]);
});

it("has no cycles", () => {
  const graph = new Map(product.map(({ path, imports }) => [path, imports.map(({ target }) => target)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path].join(" → "));
    if (at >= 0 || done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  expect(cycles).toEqual([]);
});

it("has no long files", () => {
  const limitOf = (path: string) => (path.startsWith("app/") ? mostLinesOfAPage : mostLines);
  const long = files.filter(({ path, lines }) => lines > limitOf(path));
  expect(long.map(({ path, lines }) => `${path} has ${lines} lines`)).toEqual([]);
});

it("has no names that say nothing", () => {
  expect(paths.filter((path) => path.split(/[/.-]/).some((word) => forbiddenWords.test(word)))).toEqual([]);
});
