/**
 * The kernel: what every district stands on. Verbs run in `transact` and `record` facts; the stamper orders them;
 * readers follow the log.
 */
export * from "./ctx";
export * from "./errors";
export { factOf, lastFactSeq, readFacts } from "./read-facts";
export { followFacts } from "./follow-facts";
export { type Unit, transact } from "./transact";
