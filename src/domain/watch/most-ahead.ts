/** Clocks of two servers differ by some ms; what lies further in our future is from before the clock was set back. */
export const mostAheadMs = 2_000;
