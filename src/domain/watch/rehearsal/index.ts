/** Rehearsal: what a rule would have fired on the stored history, by the functions that judge in life. */
export { rehearse } from "./rehearse";
