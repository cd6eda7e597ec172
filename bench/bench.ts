import type postgres from "postgres";
import type { TestDatabase } from "@/testing/database";
import type { Child } from "./ground/child";
import type { Row } from "./report";

/** What every goal gets: where to write its rows, and how to make what it measures. */
export type Bench = {
  /** Zero of the stamps in beats. */
  baseMs: number;
  /** Address of a migrated database of its own, dropped at the end. */
  database(): Promise<TestDatabase>;
  /** Remembers what has to be ended, in reverse order. */
  after(end: () => Promise<unknown>): void;
  load(program: "fleet" | "watchers" | "clicks"): Child;
  floor(program: string, args?: string[]): Promise<Child & { port: number }>;
  /** Processes outside our family tree that work for us, such as the database. */
  roots: number[];
  add(row: Omit<Row, "stolenPercent">): void;
  say(text: string): void;
};

export type Sql = postgres.Sql;

/** The loads of the goals. */
export const loads = {
  L1: { agents: 1_000, rate: 100, watchers: 20 },
  L2: { agents: 10_000, rate: 1_000, watchers: 100 },
  L3: { agents: 10_000, rate: 10_000, watchers: 100 },
} as const;
