import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export type Row = {
  goal: string;
  what: string;
  baseline: string;
  product: string;
  ratio: string;
  target: string;
  met: boolean;
  /** How much of the CPU that was wanted meanwhile the machine's host gave to others: what makes absolute figures worse. */
  stolenPercent: number;
  /** Everything that was measured beside, for whoever wants to know more. */
  detail: Record<string, unknown>;
};

/** One table on the terminal; the columns are as wide as they need to be. */
export function printTable(rows: Row[]): void {
  const heads = ["goal", "what", "baseline", "product", "ratio", "target", "met", "stolen"] as const;
  const cells = rows.map((row) => {
    const shown = { ...row, met: row.met ? "yes" : "NO", stolen: `${row.stolenPercent} %` };
    return heads.map((head) => shown[head]);
  });
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const line = (texts: readonly string[]) =>
    texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ");
  process.stdout.write(`\n${line(heads)}\n${line(widths.map((width) => "─".repeat(width)))}\n`);
  for (const texts of cells) process.stdout.write(`${line(texts)}\n`);
  const met = rows.filter((row) => row.met).length;
  process.stdout.write(`\n${met} of ${rows.length} goals met.\n`);
}

export function writeResults(path: string, results: Record<string, unknown>): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
}
