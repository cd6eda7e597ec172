/** Requests to the outside: bounded in time and size, and never into the private network by accident. */
export { createOut, type Out, type OutLimits, type OutResult } from "./out";
