import { readFileSync } from "node:fs";
import { z } from "zod";
import { type ImportedUser, importedUserSchema } from "@/contracts/people/import-users";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";

/** Faults that are told at once; a file of another kind has one in every line. */
const mostFaults = 20;

/**
 * People of another program: a JSON list of objects, or CSV whose first line names the columns `email`, `username`,
 * `name`, `role` and `passwordHash`. Every fault is told with its row, and then nothing is imported.
 */
export function readUsersFile(file: string): ImportedUser[] {
  const text = readFileSync(file, "utf8").replace(/^\ufeff/, "");
  const rows = text.trimStart().startsWith("[")
    ? z.array(z.unknown()).parse(JSON.parse(text))
    : fromCsv(text);
  const faults: string[] = [];
  const people = rows.flatMap((row, index) => {
    const parsed = importedUserSchema.safeParse(row);
    if (parsed.success) return [parsed.data];
    for (const { path, message } of parsed.error.issues)
      faults.push(`Row ${index + 1}: ${path.join(".") || "the row"} ${message}`);
    return [];
  });
  if (faults.length === 0 && people.length > 0) return people;
  const more = faults.length > mostFaults ? [`… and ${faults.length - mostFaults} more.`] : [];
  const told =
    faults.length > 0 ? [...faults.slice(0, mostFaults), ...more] : ["There is nobody in this file."];
  throw new Failure([...told, "Nothing was imported."].join("\n"), exitCodes.usage);
}

/** An empty cell is a field that is not there. */
function fromCsv(text: string): Record<string, string>[] {
  const [head = [], ...lines] = cellsOf(text);
  return lines.map((cells) =>
    Object.fromEntries(
      head
        .map((name, at) => [name.trim(), cells[at]?.trim() ?? ""] as const)
        .filter(([, cell]) => cell !== ""),
    ),
  );
}

/** RFC 4180: cells may be quoted, and then hold commas, line ends and doubled quotes. Empty lines are left out. */
function cellsOf(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end !== ",") lines.push([]);
  }
  return lines.filter((cells) => cells.some((cell) => cell.trim() !== ""));
}
