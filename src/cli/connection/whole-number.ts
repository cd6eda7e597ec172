import { InvalidArgumentError } from "commander";

/** Reads a whole number of an option or argument; of anything else it says what may be given. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = /^-?\d+$/.test(text) ? Number(text) : null;
    if (value !== null && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
    throw new InvalidArgumentError(
      value === null ? `That is no whole number: give ${range}.` : `Give ${range}.`,
    );
  };
