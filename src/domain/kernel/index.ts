/**
 * The kernel: what every district stands on. Verbs run in `transact` and `record` facts; the stamper orders them;
 * readers follow the log.
 */
export { changeAtOnce } from "./change-at-once";
export * from "./ctx";
export { cursorMoment, idCursor, numberCursor, readCursor } from "./cursors";
export * from "./errors";
export { followFacts } from "./follow-facts";
export { demandSame, type Once, onceOf, withIdempotency } from "./idempotency";
export { pageById, pageOfRows } from "./page-of-rows";
export { factOf, lastFactSeq, readFacts } from "./read-facts";
export { transact, type Unit } from "./transact";
