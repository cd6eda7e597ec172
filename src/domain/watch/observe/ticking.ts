import { expiryReader } from "./expiry";
import { logReader } from "./log";
import { metricReader } from "./metric";
import { selfReader } from "./self";
import type { TickingReader } from "./ticking-reader";

export type { TickingReader };

/** All readers that the evaluator asks by the clock, facts being read apart. */
export const tickingReaders: readonly TickingReader[] = [logReader, metricReader, expiryReader, selfReader];
