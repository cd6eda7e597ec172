import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getTableName, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { sealedColumns, travellingPurposes } from "./sealed-columns";

const listed = sealedColumns.map(({ column }) => `${getTableName(column.table)}.${column.name}`);

test("every column of the schema that is called sealed is in the list", () => {
  const tables = Object.values(schema).filter((item) => is(item, PgTable));
  expect(tables.length).toBeGreaterThan(20);
  const sealed = tables.flatMap((table) =>
    getTableConfig(table)
      .columns.filter(({ name }) => name.includes("sealed"))
      .map(({ name }) => `${getTableConfig(table).name}.${name}`),
  );
  expect(listed).toEqual(expect.arrayContaining(sealed));
  expect(new Set(listed).size).toBe(listed.length);
});

/** The purpose of each `seal(…)` in the code, found in its text: a constant of the same file, or a literal. */
function purposesInCode(): Map<string, string> {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const found = new Map<string, string>();
  for (const path of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(path) || /\.test\.tsx?$/.test(path)) continue;
    const text = readFileSync(`${root}/${path}`, "utf8");
    for (const [, name = ""] of text.matchAll(/\bsealer\.seal\([^;]*?,\s*([\w"-]+),?\s*\)/gs)) {
      const purpose = name.startsWith('"') ? name.slice(1, -1) : constant(root, text, name);
      found.set(path, purpose ?? `unknown: ${name}`);
    }
  }
  return found;

  function constant(folder: string, text: string, name: string): string | undefined {
    const own = new RegExp(`const ${name} = "([^"]+)"`);
    const here = own.exec(text)?.[1];
    if (here) return here;
    for (const path of readdirSync(`${folder}/domain`, { recursive: true, encoding: "utf8" })) {
      if (!path.endsWith(".ts")) continue;
      const there = own.exec(readFileSync(`${folder}/domain/${path}`, "utf8"))?.[1];
      if (there && name !== "purpose") return there;
    }
    return undefined;
  }
}

test("every purpose that the code seals for is in the list, or is of a text that travels", () => {
  const known = new Set([...sealedColumns.map(({ purpose }) => purpose), ...travellingPurposes]);
  const inCode = purposesInCode();
  expect(inCode.size).toBeGreaterThanOrEqual(4);
  for (const [path, purpose] of inCode) expect([...known], path).toContain(purpose);
  expect([...new Set(inCode.values())].sort()).toEqual([...known].sort());
});
