import { loadavg } from "node:os";
import { startTestPostgres, testDatabase } from "@/testing/database";
import type { Bench } from "./bench";
import { measureCommands } from "./goals/commands";
import { measureInstances } from "./goals/instances";
import { measureLarge } from "./goals/large";
import { measureOutbox } from "./goals/outbox";
import { measureSilence } from "./goals/silence";
import { Child } from "./ground/child";
import { settle } from "./ground/postmaster";
import { StolenCpu } from "./measure/cpu";
import { demandFiles, machineFacts, quietLoad } from "./measure/machine";
import { nowMs } from "./measure/moment";
import { printTable, type Row, writeResults } from "./report";

const words = process.argv.slice(2).map((word) => word.toUpperCase());
/** `now`: whatever else this machine does. The numbers are then worth little. */
const atOnce = words.includes("NOW");
const chosen = words.filter((word) => word !== "NOW");
const wanted = (goal: string) => chosen.length === 0 || chosen.includes(goal);

const rows: Row[] = [];
const stolen = new StolenCpu();
const ends: (() => Promise<unknown>)[] = [];
const startMs = performance.now();
const seconds = () => Math.round((performance.now() - startMs) / 1_000);
const say = (text: string) => void process.stdout.write(`${String(seconds()).padStart(4)} s  ${text}\n`);
const after = (end: () => Promise<unknown>) => void ends.push(end);

/** Ends what was begun, last first; with `from` only what came after so many. */
async function endAll(from = 0): Promise<void> {
  for (const end of ends.splice(from).reverse()) {
    await end().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  }
}
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => void endAll().then(() => process.exit(1)));

async function main(): Promise<void> {
  const machine = machineFacts();
  demandFiles(machine.openFiles);
  const loadAtStart = atOnce ? (loadavg()[0] ?? 0) : await quietLoad();
  const server = await startTestPostgres({ durable: true });
  after(() => server.stop());
  const bench: Bench = {
    baseMs: nowMs(),
    database: async () => {
      const db = await testDatabase();
      after(() => db.close());
      return db;
    },
    after,
    load: (program) => {
      const child = Child.load(program);
      after(() => child.end());
      return child;
    },
    floor: async (program, args) => {
      const child = await Child.floor(program, args);
      after(() => child.end());
      return child;
    },
    roots: [await settle(server.url)],
    add: (row) => {
      const stolenPercent = stolen.percent();
      rows.push({ ...row, stolenPercent });
      const verdict = row.met ? "met" : `NOT met (${stolenPercent} % of the CPU stolen meanwhile)`;
      say(`  ${row.goal} ${row.what}: ${row.product} (${row.target}) ${verdict}`);
    },
    say,
  };
  const failures: string[] = [];
  const attempt = async (what: string, measure: () => Promise<unknown>) => {
    const before = ends.length;
    try {
      return await measure();
    } catch (error) {
      failures.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      say(`${what} could not be measured: ${failures.at(-1)}`);
      return null;
    } finally {
      // What one goal leaves behind would be noise to the next.
      await endAll(before);
    }
  };
  let alone: number | null = null;
  if (["P1", "P2", "P3", "P5", "P8", "P9", "P16", "R9"].some(wanted)) {
    await attempt("The large fleet", async () => {
      alone = await measureLarge(bench, wanted);
    });
  }
  if (wanted("P10")) await attempt("P10", () => measureCommands(bench));
  if (wanted("P11") || wanted("P12")) await attempt("P11 and P12", () => measureSilence(bench));
  if (wanted("P13")) await attempt("P13", () => measureOutbox(bench));
  if (wanted("P14")) await attempt("P14", () => measureInstances(bench, alone));
  rows.sort(
    ({ goal: left }, { goal: right }) =>
      left.charCodeAt(0) - right.charCodeAt(0) || Number(left.slice(1)) - Number(right.slice(1)),
  );
  printTable(rows);
  for (const failure of failures) process.stdout.write(`\nNot measured: ${failure}\n`);
  const tookSeconds = seconds();
  const date = new Date().toISOString();
  // A choice of goals is a look at something; only a whole run is the result of a commit.
  writeResults(chosen.length === 0 ? "bench/results/latest.json" : "dist/bench/last.json", {
    date,
    tookSeconds,
    machine,
    loadAtStart,
    failures,
    rows,
  });
  process.stdout.write(`It took ${tookSeconds} s.\n`);
}

main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => endAll().then(() => process.exit(process.exitCode ?? 0)));
