/** Letters to people about what changed at the doors of their accounts. */
export { addressesOf } from "./addresses";
export { lettersCursorSeq, passLettersCursor } from "./cursor";
export { type Happening, happeningOf } from "./happening";
export { securityLetter } from "./security-letter";
