import { type ImportedUser, importedUserSchema } from "@/contracts/people/import-users";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { readGivenFile } from "../connection/given-file";

/** Faults that are told at once; a file of another kind has one in every line. */
const mostFaults = 20;

/**
 * People of another program: a JSON list of objects, or CSV whose first line names the columns `email`, `username`,
 * `name`, `role` and `passwordHash`. Every fault is told with its row, and then nothing is imported.
 */
export function readUsersFile(file: string): ImportedUser[] {
  const text = readGivenFile(file);
  const rows = /^\s*[[{]/.test(text) ? fromJson(file, text) : fromCsv(file, text);
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

function fromJson(file: string, text: string): unknown[] {
  const unfit = (why: string) =>
    new Failure(`${file} can't be read as a JSON list: ${why} Nothing was imported.`, exitCodes.usage);
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw unfit(`${error instanceof Error ? error.message : error}.`);
  }
  if (Array.isArray(found)) return found;
  throw unfit("it is one object. Put the people between [ and ].");
}

/** An empty cell is a field that is not there. */
function fromCsv(file: string, text: string): Record<string, string>[] {
  const [head = [], ...lines] = cellsOf(text);
  if (head.length > 0 && !head.some((name) => name.trim() === "email")) {
    throw new Failure(
      `${file} can't be read as CSV: its first line must name the columns, email, role and passwordHash among them. Nothing was imported.`,
      exitCodes.usage,
    );
  }
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
