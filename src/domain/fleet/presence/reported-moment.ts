const earliestMs = Date.UTC(1970, 0, 1);
const latestMs = Date.UTC(9999, 11, 31);

/**
 * A moment of an agent's own clock as one that the database can hold, in ms. Such clocks err by years, and a program
 * may send any number: what lies outside the years that have four digits is taken as `receivedAtMs`.
 */
export function reportedMs(ms: number, receivedAtMs: number): number {
  return ms >= earliestMs && ms <= latestMs ? Math.round(ms) : receivedAtMs;
}

/** The same as a date. */
export function reportedMoment(ms: number, receivedAt: Date): Date {
  return new Date(reportedMs(ms, receivedAt.getTime()));
}
